-- What people and the console read of the catalogue. The wide content is stored once, in raw; these are views over it.

create or replace view catalog.current_datasets as
select
  d.region, d.id, d.domain, d.host, d.name, d.description, d.type, d.category, d.tags, d.agency, d.attribution,
  d.provenance, d.license, d.permalink, d.link, d.created_at, d.updated_at, d.data_updated_at, d.metadata_updated_at,
  d.page_views, d.download_count, d.first_seen_at, d.last_changed_at, s.seen_at as last_seen_at
from catalog.socrata_datasets d
left join catalog.dataset_sightings s using (region, id)
where d.retired_at is null;
comment on view catalog.current_datasets is 'Datasets that are not retired, with the time they were last seen.';

create or replace view catalog.dataset_columns as
select d.region, d.id, c.position, c.name, c.field_name, c.datatype, c.description
from catalog.socrata_datasets d
cross join lateral rows from (
  jsonb_array_elements_text(jsonb_path_query_array(d.raw, '$.resource.columns_name[*]')),
  jsonb_array_elements_text(jsonb_path_query_array(d.raw, '$.resource.columns_field_name[*]')),
  jsonb_array_elements_text(jsonb_path_query_array(d.raw, '$.resource.columns_datatype[*]')),
  jsonb_array_elements_text(jsonb_path_query_array(d.raw, '$.resource.columns_description[*]'))
) with ordinality as c (name, field_name, datatype, description, position);
comment on view catalog.dataset_columns is 'The columns of each dataset, in the order in which the API last gave them.';

create or replace view catalog.dataset_metadata as
select d.region, d.id, m.position, m.entry ->> 'key' as key, m.entry ->> 'value' as value
from catalog.socrata_datasets d
cross join lateral jsonb_array_elements(
  jsonb_path_query_array(d.raw, '$.classification.domain_metadata[*] ? (exists (@.key))')
) with ordinality as m (entry, position);
comment on view catalog.dataset_metadata is 'Custom metadata of each dataset; one key may occur more than once.';

create or replace view catalog.portals as
select
  d.domain, d.country, d.region, d.last_seen,
  count(s.id) filter (where s.retired_at is null) as datasets,
  count(s.id) filter (where s.retired_at is not null) as retired,
  count(distinct s.agency) filter (where s.retired_at is null) as agencies,
  max(s.updated_at) filter (where s.retired_at is null) as updated_at
from catalog.socrata_domains d
left join catalog.socrata_datasets s on s.domain = d.domain
group by d.domain;
comment on view catalog.portals is 'One row per portal: how much it publishes and how fresh it is.';

create or replace view catalog.dataset_changes as
select region, id, domain, name, 'appeared' as change, first_seen_at as changed_at
from catalog.socrata_datasets
union all
select region, id, domain, name, 'changed', last_changed_at
from catalog.socrata_datasets
where last_changed_at > first_seen_at
union all
select region, id, domain, name, 'went', retired_at
from catalog.socrata_datasets
where retired_at is not null;
comment on view catalog.dataset_changes is 'What appeared, last changed, or went, and when.';

create or replace view catalog.changes as
select
  d.region, d.id, d.domain, d.name, 'appeared' as change, d.first_seen_at as changed_at, null::bigint as run_id,
  '{}'::text[] as fields, false as is_noise
from catalog.socrata_datasets d
union all
select
  v.region, v.dataset_id, d.domain, d.name,
  case v.cause when 'retired' then 'went' when 'restored' then 'returned' else v.cause end,
  v.valid_to, v.run_id, v.changed_fields, v.is_noise
from catalog.versions v
join catalog.socrata_datasets d on d.region = v.region and d.id = v.dataset_id;
comment on view catalog.changes is
  'Every change of each dataset since its history began - appeared, changed, went, returned, mapped, undone - with its fields.';

create or replace view catalog.run_changes as
select region, run_id, change, is_noise, count(*) as datasets
from catalog.changes
where run_id is not null
group by region, run_id, change, is_noise;
comment on view catalog.run_changes is 'What each run changed: how many datasets in which way.';

create or replace view catalog.portal_changes as
select
  region, domain, date_trunc('day', changed_at, 'UTC') as day,
  count(*) filter (where change = 'appeared') as appeared,
  count(*) filter (where change = 'changed' and not is_noise) as changed,
  count(*) filter (where change = 'went') as went,
  count(*) filter (where change = 'returned') as returned,
  count(*) filter (where is_noise) as noise
from catalog.changes
group by region, domain, date_trunc('day', changed_at, 'UTC');
comment on view catalog.portal_changes is 'One row per portal and day (UTC) on which something changed.';

create or replace view catalog.field_changes as
select c.region, field, count(*) as changes, count(distinct c.id) as datasets, max(c.changed_at) as last_changed_at
from catalog.changes c
cross join lateral unnest(c.fields) as field
group by c.region, field;
comment on view catalog.field_changes is 'How often each field of datasets changed, in how many of them, and when last.';

create or replace view catalog.troubles as
select r.flow, r.scope, 'held' as cause, r.id as run_id, r.finished_at as since, r.note as detail
from (select distinct on (scope) * from ops.runs where room = 'catalog' and flow = 'crawl' and is_complete order by scope, id desc) r
where r.note like '%Nothing was retired: %';
comment on view catalog.troubles is 'What ops.troubles is told of: regions whose last complete crawl held its retirements back.';

create or replace view catalog.held_runs as
select v.run_id, false as is_whole from catalog.versions v
union all
select r.id, false from ops.runs r where r.room = 'catalog' and r.added > 0;
comment on view catalog.held_runs is 'Runs that ops.held_runs keeps: those that can be undone.';
