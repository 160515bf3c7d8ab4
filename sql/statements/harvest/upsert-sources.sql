-- Imports one batch of sources, each known by its name, with its rejects, its row in the ledger and the counts, all or nothing.
-- In:  run bigint; sources bytea: JSON in UTF-8 [{entry, position, record (as it came), name, kind, url, host, title, country,
--      language, options, secret, schedule, is_active}], one per name; what is null stays as it is, but for the secret if the URL has another origin; activate boolean (all become active);
--      spread bigint (milliseconds over which first walks are spread); rejects jsonb [{position, key, reason, message,
--      record}]; request jsonb (as ops.keep_request takes it); skipped bigint; again integer (how often it was tried before);
--      now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, rejected (those that the database alone could know of: another name holds the same
--      portal), unlisted (rejects that are counted and not kept); none if the run is not running any more: then nothing is written
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
given as (
  select
    s.*,
    first_value(s.name) over (partition by s.kind, harvest.portal_of(s.url), s.options order by s.entry) as first_name
  from run, jsonb_to_recordset(convert_from(:?sources::bytea, 'UTF8')::jsonb) as s (
    entry integer, position text, record text, name text, kind text, url text, host text, title text, country text,
    language text, options jsonb, secret text, schedule text, is_active boolean)
),
merged as (
  select
    g.entry, g.position, g.record, g.name, g.kind, g.url, g.host, h.id,
    coalesce(g.title, h.title) as title,
    coalesce(g.country, h.country) as country,
    coalesce(g.language, h.language) as language,
    coalesce(g.options, h.options, '{}') as options,
    -- A secret is known to one origin alone.
    coalesce(g.secret, case when substring(g.url from '^[^/]+//[^/]+') = substring(h.url from '^[^/]+//[^/]+') then h.secret end) as secret,
    coalesce(g.schedule, h.schedule) as schedule,
    :?activate::boolean or coalesce(g.is_active, h.is_active, false) as is_active,
    (h.kind, h.url) is distinct from (g.kind, g.url) as is_moved,
    g.first_name
  from given g
  left join harvest.sources h on h.name = g.name and h.removed_at is null
),
-- One portal is walked under one name, whoever brings another: its host would be asked twice for the same.
held as (
  select m.entry, coalesce(min(h.name), min(m.first_name)) as held_as
  from merged m
  left join harvest.sources h
    on harvest.portal_of(h.url) = harvest.portal_of(m.url) and h.kind = m.kind and h.options = m.options and h.name <> m.name and h.removed_at is null
  where m.is_moved and (h.name is not null or m.first_name <> m.name)
  group by m.entry
),
wanted as (
  select
    m.*,
    clock.now + mod(m.entry * 0.6180339887498949, 1) * :?spread::bigint * interval '1 millisecond' as first_due_at
  from merged m, clock
  where not exists (select from held where held.entry = m.entry)
),
added as (
  insert into harvest.sources (name, kind, url, host, title, country, language, options, secret, schedule, is_active, due_at, created_at)
  select w.name, w.kind, w.url, w.host, w.title, w.country, w.language, w.options, w.secret, w.schedule, w.is_active,
    w.first_due_at, clock.now
  from wanted w, clock
  where w.id is null
  order by w.entry
  on conflict (name) where removed_at is null do nothing -- somebody else added it just now: it is theirs
  returning 1
),
updated as (
  update harvest.sources s
  set kind = w.kind, url = w.url, host = w.host, title = w.title, country = w.country, language = w.language,
      options = w.options, secret = w.secret, schedule = w.schedule, is_active = w.is_active,
      health = case when w.is_moved then 'never' else s.health end,
      health_reason = case when w.is_moved then null else s.health_reason end,
      failures = case when w.is_moved then 0 else s.failures end,
      losses = case when w.is_moved then 0 else s.losses end,
      due_at = case
        when w.is_moved or (w.is_active and not s.is_active and s.health = 'never') then w.first_due_at else s.due_at
      end
  from wanted w
  where s.id = w.id
    and (s.kind, s.url, s.host, s.title, s.country, s.language, s.options, s.secret, s.schedule, s.is_active)
      is distinct from (w.kind, w.url, w.host, w.title, w.country, w.language, w.options, w.secret, w.schedule, w.is_active)
  returning 1
),
reject as (
  select :?rejects::jsonb || coalesce((
    select jsonb_agg(jsonb_build_object(
      'position', m.position, 'key', m.name, 'reason', 'already-held', 'record', m.record, 'message', format(
        'The source %s at %s is already held as %s. Give %s the new details, or remove it first.',
        m.name, m.url, held.held_as, held.held_as)) order by m.entry)
    from held join merged m using (entry)), '[]') as rows
),
rejected as (
  select r.unlisted from run, clock, reject, ops.keep_rejects(run.id, reject.rows, 'warning', clock.now) r
),
outcome as (
  select
    (select count(*) from added) as added,
    (select count(*) from updated) as updated,
    (select count(*) from wanted) - (select count(*) from added) - (select count(*) from updated) as unchanged,
    (select count(*) from held) as rejected,
    (select jsonb_array_length(rows) from reject) as rejects,
    (select unlisted from rejected) as unlisted
),
requested as (
  select ops.keep_request(run.id, :?request::jsonb, :?again::integer) from run, outcome
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', o.added + o.updated + o.unchanged + o.rejects + :?skipped::bigint, 'added', o.added, 'updated', o.updated,
    'unchanged', o.unchanged, 'rejected', o.rejects, 'skipped', :?skipped::bigint,
    'bytes', (:?request::jsonb -> 'bytes')::bigint), clock.now)
  from run, clock, outcome o, (select count(*) as rows from requested) page
  where page.rows = 1
)
select outcome.added, outcome.updated, outcome.unchanged, outcome.rejected, outcome.unlisted
from outcome, counted
