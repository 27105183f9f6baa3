-- Counters with two different values for one moment: neither is used.
select platform, post_id as post, counter, known_on as read_on, array_to_string(values_read, ' or ') as values_read
from counter_readings
where is_conflict
order by all
