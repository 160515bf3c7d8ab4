-- Lists what a lake lacks of the datasets, source by source, and what it needs of copies and sources as they are.
-- In:  since bigint (position of the export before; null: it has nothing); held jsonb [{id, name}] (sources whose states it has)
-- Out: one row per file: content (states, copies, sources), source_id, source, since (null: with all states), rows, fingerprint (of
--      the rows); the states of a source of which there is nothing new are one with no rows
with source as (
  select
    o.id, o.name, o.xmin::text as written_by,
    -- What the catalogue keeps of its past does not say which transaction wrote it.
    case when h.id is not null and o.kind <> 'socrata-discovery' then :?since::bigint end as since
  from harvest.sources o
  left join jsonb_to_recordset(:?held::jsonb) as h (id bigint, name text) on h.id = o.id and h.name = o.name
  where o.removed_at is null
),
line as (
  select
    'states' as content, o.id as source_id, o.name as source, o.since,
    case when s.dataset_id is not null
      then concat_ws('|', s.dataset_id, extract(epoch from s.valid_from), extract(epoch from s.valid_to), s.is_retired, s.content_hash)
    end as line
  from source o left join lateral harvest.states_of(o.id, o.since) s on true
  union all
  select
    'copies', null, null, null,
    concat_ws('|', c.dataset_id, c.copy_id, c.rule, c.value, extract(epoch from c.found_at))
  from harvest.copies c
  union all
  select 'sources', null, null, null, concat_ws('|', o.id, o.name, o.written_by)
  from source o
),
kind (content) as (
  values ('copies'), ('sources')
),
whole as (
  select l.content, l.source_id, l.source, l.since, l.line from line l
  union all
  select k.content, null, null, null, null from kind k
)
-- Whatever their order.
select
  w.content, w.source_id, w.source, w.since, count(w.line) as rows,
  concat_ws('-', sum(hashtextextended(w.line, 0)::numeric), sum(hashtextextended(w.line, 1)::numeric)) as fingerprint
from whole w
group by w.content, w.source_id, w.source, w.since
order by w.content, w.source_id
