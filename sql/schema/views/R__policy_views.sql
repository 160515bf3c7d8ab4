-- What people and the console read of the policies: what pages say now, what changed lately, the state of each page.

create or replace view policy.current_policies as
select
  s.id as source_id, s.name, s.country, s.visa_type, ops.without_secrets(s.url) as url, s.fetch_type, s.is_active, v.id as version_id, v.sequence,
  v.raw_text, v.links, v.content_hash, v.content_length, v.is_technical, v.fetched_at, s.last_checked_at
from policy.sources s
cross join lateral (
  select * from policy.policy_versions where source_id = s.id order by sequence desc limit 1
) v;
comment on view policy.current_policies is 'What each page says now; pages that were never read are missing.';

create or replace view policy.changes as
select
  c.id as change_id, c.source_id, s.name, s.country, s.visa_type, ops.without_secrets(s.url) as url, o.sequence as old_sequence,
  n.sequence as new_sequence, c.detected_at, c.is_technical, l.added, l.removed, c.diff,
  (select count(*) from policy.email_alerts a where a.change_id = c.id) as alerts, c.alert_sent_at
from policy.policy_changes c
join policy.sources s on s.id = c.source_id
join policy.policy_versions n on n.id = c.new_version_id
left join policy.policy_versions o on o.id = c.old_version_id
-- The first lines of a diff, --- and +++, name the two texts and belong to neither.
cross join lateral (
  select
    greatest(0, count(*) filter (where line like '+%') - 1) as added, greatest(0, count(*) filter (where line like '-%') - 1) as removed
  from string_to_table(c.diff, E'\n') as line
) l;
comment on view policy.changes is 'Every change with its page and how many lines it added and removed, including technical changes.';

create or replace view policy.latest_changes as
select
  change_id, source_id, name, country, visa_type, url, old_sequence, new_sequence, detected_at, added, removed, diff, alerts,
  alert_sent_at
from policy.changes
where not is_technical;
comment on view policy.latest_changes is 'What changed on the pages themselves; order by detected_at descending for the latest first.';

create or replace view policy.source_health as
select
  s.id as source_id, s.name, s.country, s.visa_type, ops.without_secrets(s.url) as url, s.check_frequency,
  case
    when not s.is_active then 'inactive'
    when s.failures_in_a_row > 0 then 'failing'
    when c.reason in ('flapping', 'unsteady', 'foreign', 'language') then 'held'
    when c.source_id is not null then 'candidate'
    when s.last_checked_at is null then 'never'
    else 'ok'
  end as state,
  s.failures_in_a_row, s.last_error_code, ops.without_secrets(s.last_error) as last_error, c.reason as candidate_reason, c.confirm_at, s.last_checked_at,
  s.next_check_at, s.last_change_detected_at, ops.without_secrets(s.moved_to) as moved_to,
  (select coalesce(max(v.sequence), 0) from policy.policy_versions v where v.source_id = s.id) as versions
from policy.sources s
left join policy.candidates c on c.source_id = s.id;
comment on view policy.source_health is 'The state of each page; candidate: a changed text waits for its second fetch; held: it has to stay longer, or an operator has to accept it.';

create or replace view policy.shown_fetches as
select
  f.id, f.source_id, f.run_id, f.fetched_at, f.outcome, f.status, f.bytes, f.milliseconds, f.cause,
  ops.without_secrets(f.message) as message, ops.without_secrets(f.final_url) as final_url
from policy.fetches f;
comment on view policy.shown_fetches is 'What api_readonly may see of the checks of a page, old and new.';

create or replace view policy.troubles as
select 'watch' as flow, s.name as scope, 'overdue' as cause, null::bigint as run_id, s.next_check_at as since,
  'The page has not been checked since it was due.' as detail
from policy.sources s
where s.is_active and (s.claimed_by is null or not ops.is_alive(s.claimed_by))
union all
-- Of the type that the name of a page has: a view keeps the types of its columns.
select t.flow, t.scope::varchar(255), t.cause, t.run_id, t.since, t.detail from ops.partition_troubles('policy.fetches') t
union all
-- What is due is checked by one run, and where there is much by a second one: what failed in that, any later one has made up for.
select r.flow, r.scope::varchar(255), 'silent', null, r.finished_at, ''
from ops.runs r
where r.room = 'policy' and r.flow = 'watch' and r.scope like 'due-%' and r.status in ('failed', 'partial')
  and exists (
    select from ops.runs l
    where l.room = 'policy' and l.flow = 'watch' and l.scope = 'due' and l.id > r.id and l.status = 'succeeded')
  and not exists (
    select from ops.runs l
    where l.room = 'policy' and l.flow = 'watch' and l.scope = r.scope and l.id > r.id);
comment on view policy.troubles is 'What ops.troubles is told of: when each page is, or was, due, that no partition was made ahead, and which failures are made up for.';
