-- A database as it is after some weeks, for the pages of the console to be looked at.
insert into ops.workers (id, started_at, heartbeat_at, lease) values ('demo:1/1', now(), now(), interval '1 h');

insert into harvest.kinds (name, hash, declaration, mapping, query)
select k, encode(sha256(k::bytea), 'hex'), '{"identity": ["normal-key"], "retire": {"after": 2}}', 'select', 'select'
from unnest('{ckan,opendatasoft,dcat-us,arcgis-hub,udata}'::text[]) k;

insert into harvest.sources (name, kind, url, host, title, country, language, health, health_reason, failures, due_at)
select
  p.name, p.kind, 'https://' || p.host, p.host, p.title, p.country, p.language, p.health, p.reason,
  case when p.health in ('failing', 'dead') then 4 else 0 end, now() + interval '1 h' * (3 + 5 * p.n)
from (values
  (1, 'toronto', 'ckan', 'open.toronto.example', 'Open data of Toronto', 'CA', 'en', 'ok', null),
  (2, 'paris', 'opendatasoft', 'opendata.paris.example', 'Paris Data', 'FR', 'fr', 'ok', null),
  (3, 'berlin', 'ckan', 'daten.berlin.example', 'Offene Daten Berlin', 'DE', 'de', 'partial', '4,311 of 4,480 announced records were seen: two pages stayed broken.'),
  (4, 'london-datastore', 'ckan', 'data.london.example', 'London Datastore', 'GB', 'en', 'ok', null),
  (5, 'epa', 'dcat-us', 'epa.gov.example', 'Environmental data', 'US', 'en', 'ok', null),
  (6, 'noaa', 'dcat-us', 'noaa.gov.example', 'Ocean and atmosphere', 'US', 'en', 'failing', 'The portal answered 503 four times in a row.'),
  (7, 'helsinki-region', 'ckan', 'hri.example', 'Helsinki Region Infoshare', 'FI', 'fi', 'ok', null),
  (8, 'wien', 'ckan', 'data.wien.example', 'Offene Daten Wien', 'AT', 'de', 'ok', null),
  (9, 'denver-hub', 'arcgis-hub', 'denver.hub.example', 'Denver Open Data', 'US', 'en', 'flapping', '31 records went and returned within a week.'),
  (10, 'lyon', 'udata', 'data.lyon.example', 'Grand Lyon', 'FR', 'fr', 'ok', null)
) p (n, name, kind, host, title, country, language, health, reason);

-- Thirty days of walks of each source, one a day.
insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at, finished_at, is_complete,
  seen, added, updated, unchanged, retired, rejected, bytes, note, error, claimed_by)
select 'harvest', 'walk', s.name, 'timer', 'full',
  case when s.health = 'failing' and d < 4 then 'failed' when s.health = 'partial' and d = 0 then 'partial' else 'succeeded' end,
  'harvester:4711', t.at, t.at, t.at + interval '2 min', t.at + interval '2 min 10 s', not (s.health = 'failing' and d < 4 or s.health = 'partial' and d = 0),
  1200 + s.id * 217 + (30 - d) * 3, case when d = 30 then 1200 else (s.id * 7 + d * 3) % 9 end, (s.id * 5 + d) % 13, 1100, case when d % 6 = 2 then 3 else 0 end,
  case when s.id = 3 then 14 else 0 end, 5400000 + s.id * 91117,
  case when s.health = 'partial' and d = 0 then '4,311 of 4,480 announced records were seen: two pages stayed broken.' end,
  case when s.health = 'failing' and d < 4 then 'HTTP 503 from noaa.gov.example, five times over 12 min. It is tried again at 02:00.' end, 'demo:0/1'
from generate_series(30, 0, -1) d
cross join harvest.sources s
cross join lateral (select date_trunc('hour', now()) - interval '1 d' * d - interval '1 h' * s.id as at) t
order by d desc, s.id;

insert into harvest.walks (run_id, source_id, begun_at, first_total, last_total, rows, keys, duplicates, conflicts, repeated, shrunk, skipped, ended_by, is_complete, reason)
select r.id, s.id, r.begun_at, r.seen, r.seen + case when r.status = 'partial' then 169 else 0 end, r.seen, r.seen, 0, 0, 0, 0, 0, 'total', r.is_complete,
  case when not r.is_complete then coalesce(r.error, r.note) end
from ops.runs r join harvest.sources s on s.name = r.scope;

insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key, records)
select r.id, n, r.started_at + interval '700 ms' * n, 'https://data.wien.example/api/3/action/package_search?start=' || n * 100, 200,
  case when n % 17 = 0 then 2 when n in (52, 53) then 4 else 1 end, 320 + (n * 37) % 190 + case when n between 48 and 58 then 1900 else 0 end,
  91000, 'a' || n, 'b' || n, case when n between 54 and 66 then 50 else 100 end
from (select * from ops.runs where scope in ('wien', 'berlin') order by id desc limit 2) r cross join generate_series(1, 140) n;

insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
select (select max(id) from ops.runs where scope = 'berlin'), '12/' || n, 'dataset-' || n, case when n < 10 then 'no-title' else 'unreadable-moment' end,
  case when n < 10 then 'error' else 'warning' end,
  case when n < 10 then 'The record has no title.' else 'The moment 31.02.2025 is none.' end,
  '{"id": "dataset-' || n || '", "title": null, "notes": "<script>document.title = ''hacked''</script>"}', now()
from generate_series(1, 14) n;

insert into harvest.datasets (source_id, key, title, description, issued, issued_at, modified, modified_at, publisher, license, license_uri, themes,
  keywords, landing_page, spatial, languages, content_hash, first_seen_at, changed_at, last_changed_at)
select s.id, s.name || '-' || t.n || '-' || c.n,
  t.title || case c.n when 1 then '' else ', ' || (2014 + c.n)::text end,
  t.description, '2019-04-02', '2019-04-02', to_char(now() - interval '1 d' * (t.n * 3 + c.n + s.id), 'YYYY-MM-DD'), now() - interval '1 d' * (t.n * 3 + c.n + s.id),
  t.publisher, 'Creative Commons Attribution 4.0', 'https://creativecommons.org/licenses/by/4.0/', array[t.theme], string_to_array(t.words, ','),
  'https://' || s.host || '/dataset/' || t.n || '-' || c.n, s.title, array[s.language], encode(sha256((s.name || t.n || c.n)::bytea), 'hex'),
  now() - interval '30 d', now() - interval '1 h' * (t.n + c.n), now() - interval '1 h' * (t.n + c.n)
from harvest.sources s
cross join (values
  (1, 'Street trees', 'Every tree along public streets with its species, girth and the year in which it was planted. Inspected once a year; what was felled is removed with the next inspection.', 'Parks and Forestry', 'environment', 'trees,parks,climate'),
  (2, 'Bicycle counts', 'Counts of bicycles at fixed counting stations, in steps of fifteen minutes, with the direction of travel.', 'Transportation Services', 'transport', 'bicycles,traffic,mobility'),
  (3, 'Air quality, hourly means', 'Hourly means of nitrogen dioxide, ozone and fine particles at all stations of the measuring network, validated once a month.', 'Environment Department', 'environment', 'air,ozone,health'),
  (4, 'Building permits', 'Permits issued for new buildings, conversions and demolitions, with the date of issue and the kind of work.', 'City Planning', 'housing', 'permits,housing,construction'),
  (5, 'Public drinking fountains', 'Where drinking water is to be had in public space, and when it is turned on.', 'Waterworks', 'health', 'water,summer'),
  (6, 'Library loans', 'Loans by branch, month and kind of medium since the new catalogue came into use.', 'Public Library', 'culture', 'libraries,culture')
) t (n, title, description, publisher, theme, words)
cross join generate_series(1, 4) c (n);

update harvest.datasets set title = '<script>document.title = "hacked"</script>', landing_page = 'javascript:alert(1)',
  description = '<img src=x onerror="alert(1)"> trees' where key = 'toronto-1-4';

insert into harvest.distributions (dataset_id, position, title, format, media_type, access_url, download_url, bytes)
select d.id, f.n, f.title, f.format, f.type, d.landing_page, 'https://files.example/' || d.key || '.' || f.format, 120000 * f.n + length(d.title)
from harvest.datasets d
cross join (values (1, 'Table', 'csv', 'text/csv'), (2, 'Objects', 'geojson', 'application/geo+json'), (3, 'Archive', 'zip', 'application/zip')) f (n, title, format, type);

insert into harvest.sightings (source_id, key, content_hash, run_id, place, seen_at)
select d.source_id, d.key, d.content_hash, 1, 1, now() - interval '3 h' from harvest.datasets d;

insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)
select d.id, d.source_id, 'added', 1, now() - interval '1 d' * (1 + (row_number() over (order by d.key)) % 28) from harvest.datasets d;

insert into harvest.versions (dataset_id, source_id, key, valid_from, valid_to, run_id, cause, changed_fields, is_noise, was_retired, content_hash, state)
select d.id, d.source_id, d.key, d.changed_at - interval '9 d', d.changed_at, 300, 'changed', '{title,license,keywords}'::text[], false, false, d.content_hash,
  to_jsonb(d) - 'id' - 'source_id' || '{"title": "Trees in streets", "license": "Open Government Licence", "keywords": ["trees"]}'
from harvest.datasets d where d.key like '%-1-1'
union all
select d.id, d.source_id, d.key, d.changed_at - interval '20 d', d.changed_at - interval '9 d', 200, 'changed', '{modified}', true, false, d.content_hash,
  to_jsonb(d) - 'id' - 'source_id' || '{"title": "Trees in streets", "modified": "2024-01-01"}'
from harvest.datasets d where d.key like '%-1-1';

insert into harvest.copies (dataset_id, copy_id, rule, value, found_at)
select least(a.id, b.id), greatest(a.id, b.id), 'landing-page', 'https://data.example/street-trees', now()
from harvest.datasets a, harvest.datasets b where a.key = 'toronto-1-1' and b.key = 'london-datastore-1-1';

insert into harvest.records (source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at, missed)
select d.source_id, d.key, '{}', d.content_hash, d.id, d.first_seen_at, d.changed_at, 2 from harvest.datasets d where d.key like 'wien-%';

insert into harvest.retirements (source_id, run_id, keys, held, reason, held_back_at)
select s.id, (select max(id) from ops.runs where scope = s.name), array_agg(d.key order by d.key), 24,
  '16 of 24 datasets would be retired, more than the 10 % that its kind allows at once.', now() - interval '5 h'
from harvest.sources s join harvest.datasets d on d.source_id = s.id and d.key < 'wien-5' where s.name = 'wien' group by s.id;

select harvest.fill_search(s.id) from harvest.sources s;

insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at, finished_at, is_complete, seen, added, updated, unchanged, retired, rejected, bytes, error, claimed_by)
values
  ('catalog', 'crawl', 'us', 'timer', 'full', 'succeeded', 'harvester:4711', now() - interval '9 h', now() - interval '9 h', now() - interval '8 h', now() - interval '8 h', true, 31599, 41, 212, 31340, 6, 0, 92000000, null, 'demo:0/1'),
  ('registry', 'seed', 'portals-2026.ndjson', 'inbox', 'full', 'succeeded', 'harvester:4711', now() - interval '2 d', now() - interval '2 d', now() - interval '2 d', now() - interval '2 d', true, 12, 12, 0, 0, 0, 0, 48211, null, 'demo:0/1'),
  ('names', 'load', 'yobs.zip', 'inbox', 'full', 'succeeded', 'harvester:4711', now() - interval '6 h', now() - interval '6 h', now() - interval '6 h', now() - interval '6 h', true, 4000, 4000, 0, 0, 0, 0, 812000, null, 'demo:0/1'),
  ('policy', 'watch', 'due', 'timer', 'full', 'succeeded', 'harvester:4711', now() - interval '11 min', now() - interval '11 min', now() - interval '10 min', now() - interval '10 min', true, 6, 0, 1, 5, 0, 0, 182000, null, 'demo:0/1'),
  ('catalog', 'crawl', 'eu', 'timer', 'full', 'succeeded', 'harvester:4711', now() - interval '1 d', now() - interval '1 d', now() - interval '1 d', now() - interval '1 d', true, 9120, 4, 31, 9085, 0, 0, 31000000, null, 'demo:0/1'),
  ('catalog', 'crawl', 'eu', 'timer', 'full', 'running', 'harvester:4711', now() - interval '4 min', now() - interval '4 min', now(), null, false, 5230, 2, 19, 5209, 0, 1, 18000000, null, 'demo:1/1');

insert into registry.sources (provider, source_key, name, url, raw)
select 'socrata', k || '.example', initcap(replace(k, '-', ' ')), 'https://' || k || '.example', '{}'
from unnest('{data.city-of-chicago,data.seattle,opendata.bristol,data.melbourne,data.cambridge,data.nashville,data.oakland}'::text[]) k;
insert into registry.assets (asset_key, source_id, name, description, url, updated_at, raw, content_hash)
select 'k' || s.id || '-' || n, s.id, 'Asset ' || n, 'What it is, in some words.', 'https://' || s.source_key || '/d/' || n, now() - interval '1 d' * n, '{}', sha256('x')
from registry.sources s cross join generate_series(1, 9) n;
insert into registry.files (sha256, name, path, bytes, run_id) values (encode(sha256('f'), 'hex'), 'portals-2026.ndjson', 'done/portals-2026.ndjson', 48211, 1);

insert into names.datasets (id, country_id, source_id, filename, file_path, file_size, sha256, format, status, row_count, births, processed_at)
select '00000000-0000-4000-8000-000000000001', s.country_id, s.id, 'yobs.zip', 'names/x', 812000, encode(sha256('n'), 'hex'), 'ssa', 'completed', 4000, 9000000, now()
from names.sources s where s.code = 'us-ssa';
insert into names.slices (dataset_id, year, gender, source_id, row_count, births, is_living, added, changed, removed, ranks_at, loaded_at)
select d.id, y, g, d.source_id, 15, 100000, true, 15, 0, 0, now(), now()
from names.datasets d cross join generate_series(1960, 2024) y cross join unnest('{F,M}'::text[]) g;
insert into names.names_shared (dataset_id, country_id, year, name, name_key, gender, count)
select d.id, d.country_id, y, n.name, upper(n.name), n.gender,
  greatest(5, (n.base * (1 + 0.9 * sin((y - 1960) / 13.0 + n.place * 1.1)) + 40 * n.place)::integer)
from names.datasets d
cross join generate_series(1960, 2024) y
cross join (values
  (1, 'Olivia', 'F', 9800), (2, 'Emma', 'F', 9100), (3, 'Charlotte', 'F', 8200), (4, 'Amelia', 'F', 7700), (5, 'Sophia', 'F', 7000), (6, 'Mia', 'F', 6600),
  (7, 'Isabella', 'F', 6100), (8, 'Ava', 'F', 5700), (9, 'Evelyn', 'F', 5200), (10, 'Luna', 'F', 4800), (11, 'Jordan', 'F', 1300),
  (1, 'Liam', 'M', 10100), (2, 'Noah', 'M', 9700), (3, 'Oliver', 'M', 8300), (4, 'James', 'M', 8000), (5, 'Elijah', 'M', 7300), (6, 'Mateo', 'M', 6900),
  (7, 'Theodore', 'M', 6400), (8, 'Henry', 'M', 6000), (9, 'Lucas', 'M', 5500), (10, 'William', 'M', 5100), (11, 'Jordan', 'M', 2400)
) n (place, name, gender, base);
insert into names.jobs (dataset_id, type, status, attempts, completed_at) values ('00000000-0000-4000-8000-000000000001', 'parse_dataset', 'completed', 1, now());
insert into names.datasets (country_id, source_id, filename, file_path, file_size, sha256, format, status, error_message)
select s.country_id, s.id, 'babynames2025.xlsx', 'names/y', 91000, encode(sha256('m'), 'hex'), 'ons', 'failed', 'Sheet 6 has no column of counts.'
from names.sources s where s.code = 'gb-ons';
insert into names.jobs (dataset_id, type, status, attempts, last_error, completed_at)
select d.id, 'parse_dataset', 'failed', 3, 'Sheet 6 has no column of counts.', now() from names.datasets d where d.status = 'failed';
refresh materialized view names.name_statistics;
refresh materialized view names.gender_probabilities;
insert into webhooks.webhooks (name, url, feed, filter, secret_hash, after, created_by, failures, failing_since, last_error, delivered_at)
values
  ('mirror', 'https://hooks.example/s3cret-path', 'changes', '{"q": "trees"}', repeat('a', 64), 1, 'operator', 0, null, null, now()),
  ('visas', 'https://hooks.example/s3cret-path', 'policy', '{}', repeat('b', 64), 0, 'operator', 2, now(),
    'The webhook visas at https://hooks.example answered HTTP 503.', null);
