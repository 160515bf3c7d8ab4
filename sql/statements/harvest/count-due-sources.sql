-- Counts the sources that a worker could claim, now or once somebody else is done.
-- In:  source text (its name; null: any); kind text (null: any); is_due boolean (false: those that are not due too);
--      done jsonb [bigint] (not any more in this run)
-- Out: one row: free (nobody walks them; their host may have no room), held (somebody who is alive walks them)
select
  count(*) filter (where not s.is_held) as free,
  count(*) filter (where s.is_held) as held
from (
  select s.claimed_by is not null and ops.is_alive(s.claimed_by) as is_held
  from harvest.sources s
  where s.removed_at is null
    and case when :?source::text is null then s.is_active else s.name = :?source end
    and (:?kind::text is null or s.kind = :?kind)
    and (:?source::text is not null or not :?is_due::boolean or s.due_at <= now())
    and s.id not in (select jsonb_array_elements_text(:?done::jsonb)::bigint)
) s
