-- Pauses a source, or resumes it: one that was never walked is then due at once.
-- In:  source text (its name); is_active boolean
-- Out: one row: name, is_active, due_at, is_walked (just now: that walk goes on); none if there is no source of that name
update harvest.sources s
set is_active = :?is_active::boolean,
    due_at = case when :?is_active::boolean and not s.is_active and s.health = 'never' then now() else s.due_at end
where s.name = :?source and s.removed_at is null
returning s.name, s.is_active, s.due_at, s.claimed_by is not null and ops.is_alive(s.claimed_by) as is_walked
