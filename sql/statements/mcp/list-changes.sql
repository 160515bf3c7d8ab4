-- Lists the changes of datasets that have their numbers, in their order; fails with CH410 if what came after that number was deleted.
-- In:  after bigint (the number of the last one known; null: from the first); source text (null: all); most integer
-- Out: one row per change: number, change, dataset, source, key, title, fields, changed_at, run
select
  c.number, c.change, c.dataset_id as dataset, o.name as source, d.key, d.title, c.fields, c.changed_at, c.run_id as run
from harvest.changes c
join harvest.datasets d on d.id = c.dataset_id
join harvest.sources o on o.id = c.source_id
where c.number > (select harvest.known_changes(:?after::bigint))
  and (:?source::text is null or o.name = :?source)
order by c.number
limit :?most::integer
