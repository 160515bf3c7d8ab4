-- What people and the console read of the harvest: what there is, what there was, what changed, and how the sources are.

create or replace view harvest.current_datasets as
select
  o.name as source, o.kind, d.id, d.key, d.record_type, d.title, d.description, d.issued_at, d.issued, d.modified_at, d.modified,
  d.publisher, d.publisher_uri, d.contact, d.license, d.license_uri, d.access_level, d.themes, d.keywords, d.spatial, d.bbox,
  d.temporal, d.temporal_from, d.temporal_to, d.languages, d.landing_page, d.harvested_from, d.harvested_key,
  d.persistent_ids, d.platform_id, d.service_urls, d.extras, d.first_seen_at, d.last_changed_at, s.seen_at as last_seen_at
from harvest.datasets d
join harvest.sources o on o.id = d.source_id
left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
where d.retired_at is null;
comment on view harvest.current_datasets is 'Datasets that are not retired, with their source and the time they were last seen.';

create or replace function harvest.datasets_at(moment timestamptz) returns setof harvest.datasets
language sql stable rows 10000 as $$
  select d.*
  from harvest.datasets d
  where d.changed_at <= moment and d.retired_at is null
  union all
  select (jsonb_populate_record(null::harvest.datasets, v.state || jsonb_build_object(
    'id', v.dataset_id, 'source_id', v.source_id, 'key', v.key, 'content_hash', v.content_hash,
    'first_seen_at', d.first_seen_at, 'changed_at', v.valid_from,
    'last_changed_at', least(v.valid_from, d.last_changed_at)))).*
  from harvest.versions v join harvest.datasets d on d.id = v.dataset_id and d.source_id = v.source_id
  where v.valid_from <= moment and moment < v.valid_to and not v.was_retired
  union all
  -- What the catalogue keeps of its own.
  select (jsonb_populate_record(null::harvest.datasets, v.state || jsonb_build_object(
    'id', v.dataset_id, 'source_id', v.source_id, 'key', v.key, 'content_hash', v.content_hash,
    'first_seen_at', d.first_seen_at, 'changed_at', v.valid_from,
    'last_changed_at', least(v.valid_from, d.last_changed_at)))).*
  from harvest.sources s
  cross join lateral harvest.versions_of(s.id, moment) v
  join harvest.datasets d on d.id = v.dataset_id and d.source_id = v.source_id
  where s.kind = 'socrata-discovery' and s.removed_at is null and v.valid_from <= moment and moment < v.valid_to and not v.was_retired
$$;
comment on function harvest.datasets_at(timestamptz) is
  'The datasets of a moment, as they were then, without those that were retired; those of the catalogue since they are copied.';

create or replace view harvest.dataset_changes as
select
  v.dataset_id, v.source_id, v.key, v.state ->> 'title' as title, v.cause as change, v.changed_fields, v.is_noise, v.run_id,
  v.valid_to as changed_at
from harvest.versions v
-- A mapping that reads a record otherwise is no news of the dataset.
where v.cause <> 'mapped'
union all
select c.dataset_id, c.source_id, d.key, d.title, c.change, '{}', false, c.run_id, c.changed_at
from harvest.changes c join harvest.datasets d on d.id = c.dataset_id
where c.change = 'added';
comment on view harvest.dataset_changes is
  'What happened to each dataset, with the key and title it had before; is_noise: nothing but the moment of modification or counters.';

create or replace view harvest.run_changes as
select
  c.run_id, c.source_id, o.name as source, c.change, count(*) filter (where not c.is_noise) as changes,
  count(*) filter (where c.is_noise) as noise, min(c.changed_at) as first_at, max(c.changed_at) as last_at
from harvest.dataset_changes c join harvest.sources o on o.id = c.source_id
group by c.run_id, c.source_id, o.name, c.change;
comment on view harvest.run_changes is 'How many datasets each run added, changed, renamed, retired and restored, a row for each of it.';

create or replace view harvest.field_changes as
select c.source_id, o.name as source, c.dataset_id, c.run_id, f.field, c.is_noise, c.changed_at
from harvest.dataset_changes c
join harvest.sources o on o.id = c.source_id
cross join lateral unnest(c.changed_fields) as f (field);
comment on view harvest.field_changes is 'Every field that changed, a row for each: which sources change which fields is a count of it.';

create or replace view harvest.shown_sources as
select s.id, s.name, harvest.without_secrets(s.url) as url, harvest.without_secrets(s.health_reason) as health_reason
from harvest.sources s;
comment on view harvest.shown_sources is 'What api_readonly may see of where sources are, and of what was said there.';

create or replace view harvest.source_status as
select
  o.id, o.name, o.kind, harvest.without_secrets(o.url) as url, o.country, o.is_active, o.health,
  harvest.without_secrets(o.health_reason) as health_reason, o.failures, o.due_at,
  (select count(*) from harvest.datasets d where d.source_id = o.id and d.retired_at is null) as datasets,
  (select count(*) from harvest.datasets d where d.source_id = o.id and d.retired_at is not null) as retired,
  (select count(*) from harvest.records p where p.source_id = o.id and p.dataset_id is null) as pending, w.run_id as last_run_id, w.is_complete as is_last_walk_complete,
  harvest.without_secrets(w.reason) as reason, w.rows, coalesce(w.keys, crawl.seen) as keys, w.last_total,
  coalesce(complete.finished_at, crawl.finished_at) as last_complete_at, r.id as retirement_id,
  cardinality(r.keys) as held_back
from harvest.sources o
left join lateral (select * from harvest.walks w where w.source_id = o.id order by w.run_id desc limit 1) w on true
left join lateral (
  select u.finished_at
  from harvest.walks c join ops.runs u on u.id = c.run_id
  where c.source_id = o.id and c.is_complete
  order by c.run_id desc
  limit 1
) complete on true
-- What the catalogue crawls has no walks.
left join lateral (
  select u.finished_at, u.seen
  from ops.runs u
  where o.kind = 'socrata-discovery' and u.room = 'catalog' and u.flow = 'crawl' and 'socrata-' || u.scope = o.name and u.is_complete
  order by u.id desc
  limit 1
) crawl on true
left join harvest.retirements r on r.source_id = o.id and r.decision is null
where o.removed_at is null;
comment on view harvest.source_status is 'How each source is: its health, what it holds, what its last walk proved, and what waits for a decision.';

create or replace view harvest.distinct_datasets as
with recursive edge as (
  select c.dataset_id as one, c.copy_id as other
  from harvest.copies c
  join harvest.datasets a on a.id = c.dataset_id and a.retired_at is null
  join harvest.datasets b on b.id = c.copy_id and b.retired_at is null
),
reached as (
  select e.one as id, e.other as copy_id from edge e
  union
  select e.other, e.one from edge e
  union
  select r.id, e.copy_id
  from reached r join (select one as id, other as copy_id from edge union select other, one from edge) e on e.id = r.copy_id
  where e.copy_id <> r.id
),
-- The first of those that are copies of each other, also by way of a third one, stands for all.
known as (
  select r.id, min(r.copy_id::text) as first_copy, count(*) as copies from reached r group by r.id
)
select
  d.source, d.kind, d.id, d.key, d.record_type, d.title, d.description, d.publisher, d.license, d.themes, d.keywords,
  d.languages, d.landing_page, d.issued_at, d.modified_at, d.first_seen_at, d.last_changed_at, coalesce(k.copies, 0) as copies
from harvest.current_datasets d
left join known k on k.id = d.id
where k.id is null or d.id::text < k.first_copy;
comment on view harvest.distinct_datasets is 'Datasets that are not retired, each once however many sources have it.';

-- What it asks of the ledger is made after the views of this room.
create or replace function harvest.partition_troubles()
returns table (flow text, scope text, cause text, run_id bigint, since timestamptz, detail text) language plpgsql stable as $$
begin
  return query
  select t.* from ops.partition_troubles('harvest.versions') t
  union all
  select t.* from ops.partition_troubles('harvest.changes', (
    select min(c.changed_at) from harvest.changes c
    where c.id >= (select max(p.upper::bigint) from ops.partitions_of('harvest.changes') p))) t;
end;
$$;
comment on function harvest.partition_troubles() is 'That no partition of the states or of the changes was made ahead, and since when.';

create or replace view harvest.troubles as
select 'walk' as flow, s.name as scope, s.health as cause, l.id as run_id, l.finished_at as since,
  format('%s Look: catchment sources show %s', coalesce(harvest.without_secrets(s.health_reason), 'The last walks say so.'), s.name) as detail
from harvest.sources s
join lateral (
  select r.id, r.finished_at from ops.runs r
  where r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.status in ('succeeded', 'failed', 'partial')
  order by r.id desc limit 1
) l on true
where s.is_active and s.health in ('flapping', 'dead')
union all
select 'walk', s.name, 'overdue', null, s.due_at, 'The source has not been walked since it was due.'
from harvest.sources s
where s.is_active and (s.claimed_by is null or not ops.is_alive(s.claimed_by))
union all
select 'walk', s.name, 'held', t.run_id, t.held_back_at,
  format('%s retirements are held back: %s Decide: catchment harvest retire --source %s --confirm or --dismiss', cardinality(t.keys),
    t.reason, s.name)
from harvest.retirements t
join harvest.sources s on s.id = t.source_id and s.removed_at is null
where t.decision is null
union all
-- Paused or removed: its last run is nobody's trouble any more.
select 'walk', s.name, 'silent', null, s.created_at, ''
from harvest.sources s
where not s.is_active
  and not exists (select from harvest.sources o where o.name = s.name and o.is_active)
union all
select t.flow, t.scope, t.cause, t.run_id, t.since, t.detail from harvest.partition_troubles() t;
comment on view harvest.troubles is
  'What ops.troubles is told of: flapping and dead sources, when each is due, retirements held back, who is paused, partitions not made ahead.';

create or replace view harvest.held_runs as
select t.run_id, true as is_whole from harvest.retirements t where t.decision is null
union all
select p.run_id, true from harvest.plans p
union all
select v.run_id, false from harvest.versions v
union all
select d.retired_run_id, false from harvest.datasets d where d.retired_run_id is not null
union all
select r.id, false from ops.runs r where r.room = 'harvest' and r.added > 0;
comment on view harvest.held_runs is 'Runs that ops.held_runs keeps: with a retirement to be decided on or a plan whole, those that can be undone alone.';
