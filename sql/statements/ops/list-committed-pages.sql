-- Lists the pages of a run that are committed, and how it is doing: whoever sent them to a writer elsewhere learns it here.
-- In:  run bigint; after integer (the pages up to this one are known)
-- Out: one row per page after it, or one without a page: sequence; is_running; error (of a page that cannot be written); added,
--      updated, unchanged, restored, unlisted (rejects that are counted and not kept), of the whole run; room_committed (when a page
--      of any run of its room was committed last, in microseconds); none if there is no such run
with run as (
  select r.id, r.status = 'running' as is_running, r.error, r.added, r.updated, r.unchanged, r.restored, r.rejected, (
      select (extract(epoch from max(o.heartbeat_at)) * 1000000)::bigint
      from ops.runs o
      where o.room = r.room and o.status = 'running' and o.seen > 0 -- which its commits alone move
    ) as room_committed
  from ops.runs r
  where r.id = :?run::bigint
),
-- Only where a reason has as many as are kept.
full_reason as (
  select j.reason
  from run, ops.chain_of(run.id) c
  join ops.rejects j on j.run_id = c.id
  where run.rejected > 0
  group by j.reason
  having count(*) >= ops.most_rejects()
),
unlisted as (
  select case when exists (select from full_reason)
    then greatest(run.rejected - (select count(*) from ops.rejects j where j.run_id = run.id), 0) else 0 end as rejects
  from run
)
select
  q.sequence, run.is_running, run.error, run.added, run.updated, run.unchanged, run.restored, unlisted.rejects as unlisted,
  run.room_committed
from run
cross join unlisted
left join ops.requests q on q.run_id = run.id and q.sequence > :?after::integer
order by q.sequence
