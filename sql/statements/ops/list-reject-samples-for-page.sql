-- Lists records that a run refused, some of each reason.
-- In:  run bigint; is_admin boolean (null, false: without the records as they came)
-- Out: one row per record, at most three of each reason: reason, severity, position, key, message, record (its beginning)
with refused as (
  select j.*, row_number() over (partition by j.reason, j.severity order by j.id) as place
  from ops.rejects j
  where j.run_id = :?run::bigint
)
select r.reason, r.severity, r.position, r.key, ops.without_secrets(r.message) as message,
  case when :?is_admin::boolean then left(r.record, 600) end as record
from refused r
where r.place <= 3
order by r.reason, r.severity, r.place
limit 60
