-- Closes the claim of a source after a walk, and says how the source is doing.
-- In:  source bigint; worker text; status text (succeeded, partial, failed or stopped, of the run); is_flapping boolean (records
--      went and came back); reason text (why it did not succeed, in words; null if it did); due_at timestamptz (of its next
--      walk; null: as it is); dead_after integer (so many failures in a row); is_lost boolean (the database was out of reach)
-- Out: one row: source_id, name, health, reason, failures, due_at, was (its health before), is_news (it is worse than it was: people are
--      to be told), lost (so many of its last walks in a row failed with the database, and say nothing of the source: from the second
--      on it waits longer and longer, for it may be a page of its own that the database fails at); none if it was another worker's
with held as (
  select s.id, s.name, s.health, s.failures
  from harvest.sources s
  where s.id = :?source::bigint
    -- Who claimed it meanwhile found its run under way, and let go of it.
    and (s.claimed_by = :?worker or s.claimed_by is null and :?status = 'succeeded')
  for update
),
judged as (
  select
    h.id, h.health as was,
    case :?status when 'failed' then h.failures + 1 when 'stopped' then h.failures else 0 end as failures,
    case
      when :?status = 'stopped' then h.health
      when :?status = 'failed' and h.failures + 1 >= :?dead_after::integer then 'dead'
      when :?status = 'failed' then 'failing'
      when :?status = 'partial' then 'partial'
      when :?is_flapping::boolean then 'flapping'
      else 'ok'
    end as health
  from held h
),
closed as (
  update harvest.sources s
  set claimed_by = null,
      health = j.health,
      health_reason = case when :?status = 'stopped' then s.health_reason else :?reason end,
      failures = j.failures,
      losses = case when :?is_lost::boolean then s.losses + 1 when :?status = 'stopped' then s.losses else 0 end,
      due_at = coalesce(:?due_at::timestamptz, s.due_at) + case
        -- A minute, two, four, up to a day.
        when :?is_lost::boolean and s.losses > 0 then least(interval '1 minute' * 2 ^ least(s.losses - 1, 11), interval '1 day')
        else interval '0'
      end
  from judged j
  where s.id = j.id
  returning s.id, s.name, s.health, s.health_reason, s.failures, s.losses, s.due_at, j.was
)
select
  id as source_id, name, health, health_reason as reason, failures, due_at, was,
  health in ('failing', 'partial', 'flapping', 'dead') and health <> was as is_news, case when :?is_lost::boolean then losses else 0 end as lost
from closed
