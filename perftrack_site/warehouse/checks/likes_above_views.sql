-- Posts with more likes than views: one of the two numbers is wrong or delayed.
select likes.platform, likes.post_id as post, likes.known_on as read_on, likes.value as likes, views.value as views
from counter_readings as likes
join counter_readings as views using (platform, post_id, witness, known_at)
where likes.counter = 'likes' and views.counter = 'views' and likes.value > views.value
order by all
