-- Notes what a walk of everything asks for, so that the next one knows whether it may go on with it.
-- In:  run bigint; source bigint; kind, url text; options, declaration jsonb (of its kind)
-- Out: one row: source; none if the last one asked for the same, or the run is not running any more
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
)
update harvest.sources s
set walked_as = harvest.walked_as(:?kind, :?url, :?options::jsonb, :?declaration::jsonb)
from run
where s.id = :?source::bigint
  and s.walked_as is distinct from harvest.walked_as(:?kind, :?url, :?options::jsonb, :?declaration::jsonb)
returning s.id as source
