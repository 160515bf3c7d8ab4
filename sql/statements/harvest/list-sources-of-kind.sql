-- Lists the sources of a kind, whatever their state, for what works on all that is held of them.
-- In:  kind text
-- Out: one row per source: source_id, name, kind
select s.id as source_id, s.name, s.kind
from harvest.sources s
where s.kind = :?kind and s.removed_at is null
order by s.name
