-- Lists the portals of an index file, made from the catalogue.
-- In:  region text (null: all); domains jsonb [text] (empty: all)
-- Out: one row per portal: record, as JSON text
select jsonb_build_object('source_key', d.domain, 'name', d.domain, 'url', 'https://' || d.domain,
  'country', d.country, 'region', d.region)::text as record
from catalog.socrata_domains d
where (:?region::text is null or d.region = :?region)
  and (:?domains::jsonb = '[]' or d.domain in (select jsonb_array_elements_text(:?domains::jsonb)))
order by d.domain
