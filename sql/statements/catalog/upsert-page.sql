-- Commits one page of a crawl: hosts, domains, agencies, datasets, the states these had before, sightings, rejects, its row
-- in the ledger and the cursor, all or nothing.
-- In:  run bigint; scope text (the region); part text (directory: leave datasets alone; null: all);
--      records bytea: JSON in UTF-8 [{id, domain, host, hosts, name, …, raw_from, raw_length}], one per id;
--      raws bytea: the records themselves, each from its raw_from (counted from 1), raw_length bytes long;
--      rejects jsonb [{position, key, reason, message, record}];
--      request jsonb {sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key, cursor_key,
--      records}; skipped bigint; now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, restored, unlisted (rejects that are counted and not kept); none if the
--      run is not running any more: then nothing is written
with run as (
  select id, begun_at, heartbeat_at from ops.runs where id = :?run::bigint and status = 'running' for key share
),
-- The clock of a run never runs backwards.
clock as (
  select greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now from run
),
given as (
  select :?rejects::jsonb as rejects, :?request::jsonb as request
),
record as (
  select r.*
  from run, jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    id text, domain text, country text, host text, hosts text[], name text, description text, type text, category text,
    tags text[], agency text, agency_key text, agency_type text, attribution text, provenance text, license text,
    permalink text, link text, created_at timestamptz, updated_at timestamptz, data_updated_at timestamptz,
    metadata_updated_at timestamptz, page_views bigint, download_count bigint, content_hash text, raw_from integer, raw_length integer)
),
-- Written once a crawl, not once a page: last_seen says which crawl, and writers do not queue for the same rows.
host as (
  insert into catalog.socrata_hosts as h (host, region, last_seen)
  select distinct named.host, :?scope, clock.now
  from record, unnest(record.hosts) as named (host), clock
  order by named.host
  on conflict (host) do update
  set region = excluded.region, last_seen = excluded.last_seen
  where h.last_seen < (select begun_at from run) or h.region <> excluded.region
  returning 1
),
domain as (
  insert into catalog.socrata_domains as d (domain, country, region, last_seen)
  select domain, max(country), :?scope, max(clock.now)
  from record, clock
  group by domain
  order by domain
  on conflict (domain) do update
  set country = coalesce(excluded.country, d.country), region = excluded.region, last_seen = excluded.last_seen
  where d.last_seen < (select begun_at from run) or d.region <> excluded.region
    or d.country is distinct from coalesce(excluded.country, d.country)
  returning 1
),
agency as (
  insert into catalog.socrata_agencies as a (host, name, type, name_key)
  select distinct on (domain, agency_key) domain, agency, agency_type, agency_key
  from record
  where agency is not null
  order by domain, agency_key, agency_type nulls last
  on conflict (host, name_key) do update
  set type = excluded.type
  where excluded.type is not null and a.type is distinct from excluded.type
  returning 1
),
-- What is held of these ids: pages of one crawl share none, so nobody changes it under us.
held as (
  select d.id, d.content_hash, d.agency, d.page_views, d.download_count, d.retired_at is not null as is_retired
  from catalog.socrata_datasets d
  where d.region = :?scope and d.id = any (array(select id from record)) and :?part::text is null
),
outcome as (
  select
    count(*) filter (where held.id is null) as added,
    count(*) filter (where not held.is_retired and held.content_hash <> record.content_hash) as updated,
    count(*) filter (where not held.is_retired and held.content_hash = record.content_hash) as unchanged,
    count(*) filter (where held.is_retired) as restored
  from record left join held using (id)
  where :?part::text is null
),
dataset as (
  insert into catalog.socrata_datasets as d (
    region, id, domain, host, name, description, type, category, tags, agency, attribution, provenance, license,
    permalink, link, created_at, updated_at, data_updated_at, metadata_updated_at, page_views, download_count,
    content_hash, raw, first_seen_at, last_changed_at, changed_at)
  select
    :?scope, record.id, domain, host, name, description, type, category, coalesce(tags, '{}'), record.agency, attribution,
    provenance, license, permalink, link, created_at, updated_at, data_updated_at, metadata_updated_at,
    record.page_views, record.download_count, record.content_hash,
    -- Here and not above: the raw record of an unchanged one is never parsed.
    convert_from(substring(:?raws::bytea from raw_from for raw_length), 'UTF8')::jsonb, clock.now, clock.now, clock.now
  from record left join held using (id), clock
  where :?part::text is null
    -- A row that needs no change is not even touched: a conflict would lock it, and a lock is a write.
    and (held.id is null or held.is_retired
      or (held.content_hash, held.agency, held.page_views, held.download_count)
        is distinct from (record.content_hash, record.agency, record.page_views, record.download_count))
  on conflict (region, id) do update
  set domain = excluded.domain, host = excluded.host, name = excluded.name, description = excluded.description,
      type = excluded.type, category = excluded.category, tags = excluded.tags, agency = excluded.agency,
      attribution = excluded.attribution, provenance = excluded.provenance, license = excluded.license,
      permalink = excluded.permalink, link = excluded.link, created_at = excluded.created_at,
      updated_at = excluded.updated_at, data_updated_at = excluded.data_updated_at,
      metadata_updated_at = excluded.metadata_updated_at, page_views = excluded.page_views,
      download_count = excluded.download_count, content_hash = excluded.content_hash,
      -- The wide column is kept as it lies while the content is the same.
      raw = case when d.content_hash = excluded.content_hash then d.raw else excluded.raw end,
      last_changed_at = case when d.content_hash = excluded.content_hash then d.last_changed_at
                             else greatest(excluded.last_changed_at, d.last_changed_at) end,
      -- Views and downloads are no state of their own.
      changed_at = case when d.retired_at is null
                          and (d.content_hash, d.agency) is not distinct from (excluded.content_hash, excluded.agency)
                        then d.changed_at
                        else greatest(excluded.changed_at, d.changed_at + interval '1 microsecond') end,
      retired_at = null, retired_reason = null, retired_run_id = null
  -- The whole row only where it took the place of another state.
  returning d.id, case when d.first_seen_at < d.changed_at and d.changed_at >= (select now from clock) then d end as state
),
-- What is read here is what was held before: a statement does not see what it writes.
version as (
  insert into catalog.versions (
    region, dataset_id, valid_from, valid_to, run_id, cause, changed_fields, is_noise, was_retired, content_hash, state, raw)
  select
    d.region, d.id, d.changed_at, (next.state).changed_at, run.id,
    case when d.retired_at is not null then 'restored' when same.is_record or change.fields = '{}' then 'mapped'
         else 'changed' end,
    change.fields, d.retired_at is null and (same.is_record or catalog.is_noise(change.fields)), d.retired_at is not null,
    d.content_hash, catalog.state_of(d), case when not same.is_record then d.raw end
  from run, dataset next
  join catalog.socrata_datasets d on d.region = :?scope and d.id = next.id
  cross join lateral (select catalog.changed_fields(d, next.state) as fields offset 0) change
  cross join lateral (select d.content_hash = (next.state).content_hash as is_record) same
  where d.changed_at < (next.state).changed_at
  returning 1
),
sighting as (
  insert into catalog.dataset_sightings as s (region, id, run_id, seen_at)
  select :?scope, seen.id, run.id, clock.now
  -- A rejected record is there all the same.
  from (
    select id from record union select r ->> 'key' from given, jsonb_array_elements(rejects) r where r ->> 'key' is not null
  ) seen, run, clock
  where :?part::text is null
  on conflict (region, id) do update
  set run_id = excluded.run_id, seen_at = excluded.seen_at
  returning 1
),
rejected as (
  select r.unlisted from run, clock, given, ops.keep_rejects(run.id, given.rejects, 'error', clock.now) r
),
-- Everything else first: the run's row, which both writers need, is held for a moment only.
written as (
  select
    (select count(*) from host) + (select count(*) from domain) + (select count(*) from agency)
    + (select count(*) from dataset) + (select count(*) from version) + (select count(*) from sighting)
    + (select count(*) from rejected) as rows
),
requested as (
  select ops.keep_request(run.id, given.request) from run, given, written where written.rows >= 0
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', (select count(*) from record) + jsonb_array_length(given.rejects), 'added', outcome.added,
    'updated', outcome.updated, 'unchanged', outcome.unchanged, 'restored', outcome.restored,
    'rejected', jsonb_array_length(given.rejects), 'skipped', :?skipped::bigint,
    'bytes', (given.request -> 'bytes')::bigint), clock.now)
  from run, clock, given, outcome, (select count(*) as rows from requested) page
  where page.rows = 1
)
select outcome.added, outcome.updated, outcome.unchanged, outcome.restored, rejected.unlisted
from outcome, rejected, counted
