package dev.catchment.support;

import static java.util.Map.entry;

import dev.catchment.postgres.Database;
import java.util.Map;

/** Some rows in every room, at least two of whatever is listed: what console, API and feeds are looked at with. */
public final class WebRows {
    /** The first dataset: it was changed, retired and brought back, and has a copy in the other source. */
    public static final String DATASET = "00000000-0000-4000-8000-000000000001";

    public static final String JOB = "00000000-0000-4000-8000-0000000000a1";

    private static final String RUNS = """
            insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at, finished_at, added)
            select r.room, r.flow, r.scope, 'manual', 'full', 'succeeded', 'here', r.at, r.at, r.at + interval '9 s', r.at + interval '9 s', 3
            from (values
              ('harvest', 'walk', 'north', timestamptz '2026-11-01T00:00Z'), ('harvest', 'walk', 'north', '2026-11-02T00:00Z'),
              ('harvest', 'walk', 'south', '2026-11-03T00:00Z'), ('catalog', 'crawl', 'us', '2026-11-04T00:00Z')) as r (room, flow, scope, at);
            insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key, records)
            select r.id, n, r.started_at, 'https://portal.example/page/' || n, 200, 1, 12, 345, 'a', 'b', 2 from ops.runs r, generate_series(1, 3) n;
            insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
            select 1, n::text, 'k' || n, 'bad-date', 'error', 'The date cannot be read.', '{"title": "<script>alert(1)</script>"}', now()
            from generate_series(1, 3) n""";

    private static final String HARVEST = """
            insert into harvest.kinds (name, hash, declaration, mapping, query) values ('ckan', repeat('a', 64), '{}', '', '')
            on conflict do nothing;
            insert into harvest.sources (name, kind, url, host, title, country, language, health, secret) values
              ('north', 'ckan', 'https://north.example', 'north.example', 'North', 'CA', 'en', 'ok', 'NORTH_KEY'),
              ('south', 'ckan', 'https://south.example', 'south.example', 'South', 'AU', 'en', 'ok', null);
            insert into harvest.walks (
              run_id, source_id, begun_at, first_total, last_total, rows, keys, duplicates, conflicts, repeated, shrunk, skipped, ended_by,
              is_complete, reason)
            select r.id, s.id, r.begun_at, 3, 3, 3, 3, 0, 0, 0, 0, 0, 'total', true, null
            from ops.runs r join harvest.sources s on s.name = r.scope;
            insert into harvest.datasets (
              id, source_id, key, title, description, contact, publisher, license, keywords, languages, modified_at, landing_page, content_hash,
              first_seen_at, changed_at, last_changed_at)
            select
              ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 1 + n % 2, 'key-' || n,
              case n when 1 then 'Harbour <script>alert(1)</script> & depths' else 'Harbour depths ' || n end, 'Depths of the harbour.',
              'mailto:clerk@portal.example', 'Port ' || n % 2, 'CC-BY-4.0', '{water}', '{en}', '2026-10-01T00:00Z', 'https://portal.example/' || n,
              repeat('b', 64), '2026-11-01T00:00Z', '2026-11-02T00:00Z', '2026-11-02T00:00Z'
            from generate_series(1, 5) n;
            update harvest.datasets set retired_at = changed_at, retired_reason = 'gone from its source', retired_run_id = 2 where key = 'key-5';
            insert into harvest.distributions (dataset_id, position, title, format, media_type, download_url, bytes)
            select d.id, p, 'File ' || p, case p when 1 then 'csv' else 'json' end, 'text/csv', 'https://portal.example/file/' || p, 10
            from harvest.datasets d, generate_series(1, 2) p;
            insert into harvest.versions (
              dataset_id, source_id, key, valid_from, valid_to, run_id, cause, changed_fields, is_noise, was_retired, content_hash, state)
            select d.id, d.source_id, d.key, '2026-11-01T00:00Z', '2026-11-02T00:00Z', 2, 'changed', '{title}', d.key = 'key-2', false,
              repeat('c', 64), jsonb_build_object('title', 'Old depths', 'contact', 'mailto:clerk@portal.example', 'keywords', '["water"]'::jsonb)
            from harvest.datasets d where d.retired_at is null;
            insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)
            select d.id, d.source_id, 'added', '{}'::text[], 1, timestamptz '2026-11-01T00:00Z' from harvest.datasets d
            union all
            select d.id, d.source_id, 'changed', '{title}', 2, '2026-11-02T00:00Z' from harvest.datasets d where d.key in ('key-1', 'key-3')
            union all
            select d.id, d.source_id, 'retired', '{}', 2, '2026-11-02T00:00Z' from harvest.datasets d where d.retired_at is not null
            order by 6;
            insert into harvest.copies (dataset_id, copy_id, rule, value, found_at)
            select ('00000000-0000-4000-8000-000000000001')::uuid, ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'landing-page', 'x', now()
            from generate_series(2, 4, 2) n;
            insert into harvest.retirements (source_id, run_id, keys, held, reason, held_back_at, decision, decided_at) values
              (1, 1, '{key-2,key-4}', 2, 'too much at once', now(), 'superseded', now()),
              (1, 2, '{key-2,key-4}', 2, 'too much at once', now(), null, null);
            insert into harvest.plans (id, source_id, run_id, hash, base, created_at, walk)
            select ('00000000-0000-4000-8000-0000000000b' || n)::uuid, 1, 1, repeat('d', 64), repeat('e', 64), now(), null
            from generate_series(1, 2) n;
            select harvest.publish_changes();
            select harvest.fill_search(s.id) from harvest.sources s""";

    private static final String CATALOG = """
            insert into catalog.socrata_hosts (host, region) values ('a.example', 'us'), ('b.example', 'us');
            insert into catalog.socrata_domains (domain, country, region) values ('a.example', 'US', 'us'), ('b.example', null, 'us');
            insert into catalog.socrata_agencies (host, name, type, name_key)
            select h.host, n, 'city', lower(n) from catalog.socrata_hosts h, unnest(array['Police', 'Parks']) n""";

    private static final String REGISTRY = """
            insert into registry.sources (provider, source_key, name, url, raw)
            select 'socrata', 'portal-' || n, 'Portal ' || n, 'https://portal.example', '{}' from generate_series(1, 3) n;
            insert into registry.assets (asset_key, source_id, name, updated_at, raw, content_hash)
            select 'aaaa-000' || n, 1, 'Asset ' || n, '2026-10-01T00:00Z', '{"contact": "clerk@portal.example"}', '\\x00'
            from generate_series(1, 3) n""";

    private static final String NAMES = """
            insert into names.datasets (id, country_id, source_id, filename, file_path, file_size, sha256, format, status, row_count, births, processed_at)
            select ('00000000-0000-4000-8000-00000000010' || s.n)::uuid, o.country_id, o.id, 'names.txt', 'x', 1, repeat(s.n::text, 64), 'x', 'completed',
              4, 400, now()
            from (values (1, 'us-ssa'), (2, 'ca-statcan')) as s (n, code) join names.sources o using (code);
            insert into names.slices (
              dataset_id, year, gender, source_id, row_count, births, is_living, added, changed, removed, ranks_at, loaded_at)
            select d.id, y, g, d.source_id, 2, 300, true, 2, 0, 0, now(), now()
            from names.datasets d, generate_series(2020, 2021) y, unnest(array['F', 'M']) g;
            insert into names.names (dataset_id, country_id, year, name, name_key, gender, count)
            select l.dataset_id, d.country_id, l.year, n.name, n.name_key, l.gender, n.count
            from names.slices l join names.datasets d on d.id = l.dataset_id,
              (values ('Olivia', 'OLIVIA', 200), ('Zoë', 'ZOË', 100)) as n (name, name_key, count);
            refresh materialized view names.name_statistics;
            refresh materialized view names.gender_probabilities;
            insert into names.jobs (id, dataset_id, type, status)
            select ('00000000-0000-4000-8000-0000000000a' || n)::uuid, ('00000000-0000-4000-8000-00000000010' || n)::uuid, 'parse_dataset', 'queued'
            from generate_series(1, 2) n""";

    private static final String WEBHOOKS = """
            insert into webhooks.webhooks (name, url, feed, filter, secret_hash, after, created_by, failures, failing_since, last_error)
            values
              ('mirror', 'https://hooks.example/s3cret-path', 'changes', '{"q": "harbour"}', repeat('a', 64), 1, 'mira', 0, null, null),
              ('visas', 'https://hooks.example/s3cret-path', 'policy', '{}', repeat('b', 64), 0, 'mira', 2, now(),
                'The webhook visas at https://hooks.example answered HTTP 503.')""";

    private WebRows() {}

    /** @return what stands in the place of the parameters of paths, by their names */
    public static Map<String, String> insert(Database database) {
        TestDatabase.execute(RUNS);
        TestDatabase.execute(HARVEST);
        TestDatabase.execute(CATALOG);
        TestDatabase.execute(REGISTRY);
        TestDatabase.execute(NAMES);
        PolicyRows policy = new PolicyRows(database);
        policy.source("Skilled work", "GB");
        policy.source("Study", "CA");
        policy.version("Skilled work", "The fee is 100.\n");
        policy.version("Skilled work", "The fee is 200.\n");
        policy.version("Skilled work", "The fee is <b>300</b>.\n");
        TestDatabase.execute("insert into policy.route_subscriptions (email) values ('reader@subscriber.example')");
        TestDatabase.execute(WEBHOOKS);
        return Map.ofEntries(
                entry("dataset", DATASET),
                entry("run", "1"),
                entry("job", JOB),
                entry("plan", "00000000-0000-4000-8000-0000000000b1"),
                entry("region", "us"),
                entry("name", "olivia"),
                entry("version", "2"),
                entry(
                        "change",
                        TestDatabase.text("select id::text from policy.policy_changes order by detected_at limit 1")),
                entry(
                        "policy source",
                        TestDatabase.text("select id::text from policy.sources where name = 'Skilled work'")),
                entry("registry source", "1"),
                entry("source", "north"),
                entry("webhook", "mirror"));
    }
}
