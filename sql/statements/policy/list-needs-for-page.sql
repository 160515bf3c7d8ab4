-- Lists the pages that a person has to look at: they fail, or a text is held.
-- In:  nothing
-- Out: one row per page: source_id, name, need (failing, held), since, reason
select h.source_id, h.name, h.state as need, h.last_checked_at as since, coalesce(h.last_error, h.candidate_reason) as reason
from policy.source_health h
where h.state in ('failing', 'held')
order by h.last_checked_at desc
limit 50
