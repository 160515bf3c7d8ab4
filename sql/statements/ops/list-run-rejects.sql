-- Lists what a run refused or warned of, in the order in which it was kept, a thousand at a time.
-- In:  run bigint; reason text (null: all); after bigint (id of the one before; 0 to begin with)
-- Out: one row per record: id, run, position, key, reason, severity, message, record, rejected_at
select j.id, j.run_id as run, j.position, j.key, j.reason, j.severity, j.message, j.record, j.rejected_at
from ops.rejects j
where j.run_id = :?run::bigint and (:?reason::text is null or j.reason = :?reason) and j.id > :?after::bigint
order by j.id
limit 1000
