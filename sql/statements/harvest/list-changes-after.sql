-- Lists the changes of datasets in the order of their numbers, which are never given twice: who asks for what came after the last
-- number it knows misses nothing; what came after one that is too old was deleted, and it fails with CH410.
-- In:  after bigint (the last number that is known; null: from the first); source, change text (null each: any); most bigint (null: all)
-- Out: one row per change: number, dataset, source, key, title, change (added, changed, retired, restored, renamed, undone),
--      fields text[], run, changed_at, page_key (the number)
select
  c.number, c.dataset_id as dataset, o.name as source, d.key, d.title, c.change, c.fields, c.run_id as run, c.changed_at,
  to_jsonb(c.number) as page_key
from harvest.changes c
join harvest.sources o on o.id = c.source_id
left join harvest.datasets d on d.id = c.dataset_id
where c.number > (select harvest.known_changes(:?after::bigint))
  and (:?source::text is null or o.name = :?source)
  and (:?change::text is null or c.change = :?change)
order by c.number
limit :?most::bigint
