-- Lists the checks of a source, the latest first.
-- In:  source text (UUID); most integer
-- Out: one row per check: fetched_at, outcome, status, bytes, milliseconds, cause, message, final_url, run
select fetched_at, outcome, status, bytes, milliseconds, cause, message, final_url, run_id as run
from policy.shown_fetches
where source_id = :?source::uuid
order by fetched_at desc, id desc
limit :?most::integer
