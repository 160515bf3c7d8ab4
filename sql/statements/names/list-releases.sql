-- Lists the published files of the sources, the latest first.
-- In:  source text (null: all); most integer
-- Out: one row per dataset: dataset, source, region, filename, entry, status, first_year, last_year, figures, births, added,
--      changed, removed (against what was held before), living (slices that count), slices, uploaded_at
select
  d.id as dataset, s.code as source, d.region, d.filename, d.entry, d.status, min(l.year) as first_year, max(l.year) as last_year,
  d.row_count as figures, d.births, sum(l.added) as added, sum(l.changed) as changed, sum(l.removed) as removed,
  count(*) filter (where l.is_living) as living, count(l.year) as slices, d.uploaded_at
from names.datasets d
join names.sources s on s.id = d.source_id
left join names.slices l on l.dataset_id = d.id
where d.deleted_at is null and (:?source::text is null or s.code = :?source)
group by d.id, s.code
order by d.uploaded_at desc
limit :?most::integer
