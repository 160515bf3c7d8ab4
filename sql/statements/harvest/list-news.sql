-- Lists the latest changes of datasets that are as is asked, those that are gone too; noise is none.
-- In:  q text (words; null: all); source, portal (domain of the catalogue), country, format, publisher, license, kind text (null each:
--      any)
-- Out: one row per change, a hundred at most, the latest first: id uuid (the same whenever it is asked for), title, text, path,
--      changed_at
select
  md5(concat_ws(' ', c.dataset_id, c.change, extract(epoch from c.changed_at)))::uuid as id,
  format('%s: %s', initcap(c.change), coalesce(d.title, d.key)) as title,
  concat_ws(E'\n',
    format('%s on %s was %s.', d.key, o.name, case c.change when 'undone' then 'brought back to what it was before' else c.change end),
    case when c.fields <> '{}' then 'Fields: ' || array_to_string(c.fields, ', ') || '.' end,
    case when c.change = 'retired' then 'It is gone from its source.' end,
    nullif(harvest.headline(null, null, null, d.description), '')) as text,
  '/datasets/' || d.id as path, c.changed_at
from harvest.changes c
join harvest.filter_datasets(:?country, :?format, :?publisher, :?license, :?kind, :?source, null) d on d.id = c.dataset_id
join harvest.sources o on o.id = d.source_id
where c.number is not null
  and (:?portal::text is null or d.harvested_from = :?portal)
  and (:?q::text is null
    or d.id in (select m.dataset_id from harvest.best_datasets(:?q, null, null, null, null, null, null, null, null) m)
    -- What is gone is not indexed.
    or d.retired_at is not null and strpos(lower(d.title), lower(:?q)) > 0)
order by c.number desc
limit 100
