-- Lists the datasets of a source that a catalogue of DCAT leaves out, and what each of them lacks, by key.
-- In:  source text (its name); profile text (dcat-us or dcat-ap); after text (page_key of the row before the first; null: the
--      first); most bigint (null: all)
-- Out: one row per dataset: dataset (its id), key, title, lacks (with commas between), page_key
select d.id as dataset, d.key, d.title, l.lacks, jsonb_build_array(d.key) as page_key
from harvest.datasets d
left join harvest.records r on r.source_id = d.source_id and r.key = d.key
cross join lateral (
  select case :?profile when 'dcat-us' then harvest.lacks_for_dcat_us(d, r.raw) else harvest.lacks_for_dcat_ap(d) end as lacks
) l
where d.source_id = (select o.id from harvest.sources o where o.name = :?source and o.removed_at is null)
  and d.retired_at is null and l.lacks is not null
  and (:?after::text is null or d.key > (:?after::jsonb ->> 0))
order by d.key
limit :?most::bigint
