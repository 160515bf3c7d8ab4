-- Lists the assets of an index file, made from the catalogue: the record of the API as it came.
-- In:  region text (null: all); domains jsonb [text] (empty: all)
-- Out: one row per asset that is not retired: record, as JSON text
select d.raw::text as record
from catalog.socrata_datasets d
where d.retired_at is null
  and (:?region::text is null or d.region = :?region)
  and (:?domains::jsonb = '[]' or d.domain in (select jsonb_array_elements_text(:?domains::jsonb)))
order by d.region, d.id
