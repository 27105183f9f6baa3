-- One row per enquiry and day on which a list held it; where lists replace each other, until the next file of its source, else
-- until the next file that holds it too: an enquiry that stands in two lists is one.
select
    enquiries.*,
    case when snapshot.overlap = 'replaces' then snapshot.until_day
        else coalesce(
            lead(enquiries.known_on) over (
                partition by enquiries.source, enquiries.enquiry_id
                order by enquiries.known_at, enquiries.file, enquiries.first_line
            ),
            date '9999-12-31'
        )
    end as until_day
from enquiries
join snapshots_in_order as snapshot using (file)
where not exists (from authority where metric = 'leads' and authority.source <> enquiries.source)
qualify row_number() over (
    partition by enquiries.source, enquiries.enquiry_id, enquiries.known_on
    order by enquiries.known_at desc, enquiries.file desc, enquiries.first_line desc
) = 1
