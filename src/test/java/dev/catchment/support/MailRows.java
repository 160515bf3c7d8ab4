package dev.catchment.support;

/** Rows of the policy room as the watch leaves them, without watching. */
public final class MailRows {
    private static final String SOURCE = """
            insert into policy.sources (country, visa_type, url, name, fetch_type, next_check_at)
            values (?, ?, 'https://pages.example/' || gen_random_uuid(), ?, 'html', now() + interval '1 day') returning id""";

    private static final String VERSION = """
            with snapshot as (
              insert into policy.snapshots (sha256, bytes, body)
              select encode(sha256(body), 'hex'), length(body), body from (select convert_to(?, 'UTF8') as body) b
              on conflict (sha256) do update set bytes = excluded.bytes returning sha256
            ),
            before as (
              select chain_hash, sequence from policy.policy_versions
              where source_id = ?::uuid order by sequence desc limit 1
            )
            insert into policy.policy_versions (source_id, sequence, content_hash, raw_text, links_hash, snapshot,
              normaliser_version, previous_hash, chain_hash, fetched_at, content_length, fetch_duration)
            select ?::uuid, coalesce((select sequence from before), 0) + 1, sha256, ?, sha256, sha256, 'test',
              (select chain_hash from before), sha256, now(), length(?), 1
            from snapshot returning id""";

    private static final String CHANGE = """
            insert into policy.policy_changes (source_id, old_hash, new_hash, diff, old_version_id, new_version_id, diff_length, run_id)
            select n.source_id, o.content_hash, n.content_hash, d.diff, o.id, n.id, length(d.diff), ?::bigint
            from policy.policy_versions n, policy.policy_versions o, (select ?::text as diff) d
            where n.id = ?::uuid and o.id = ?::uuid returning id""";

    private static final String ALERTS = """
            insert into policy.email_alerts (change_id, subscription_id)
            select c.id, m.subscription_id
            from policy.policy_changes c
            join policy.sources s on s.id = c.source_id
            cross join lateral policy.matching_subscriptions(s.country, s.metadata ->> 'origin', s.visa_type) m
            where c.id = ?::uuid returning id""";

    private MailRows() {}

    /** @return its id */
    public static String source(String country, String visaType, String name) {
        return TestDatabase.text(SOURCE, country, visaType, name);
    }

    /** A page that changed, with its alerts. @return the id of the change */
    public static String changed(String country, String visaType, String name, String diff) {
        return changed(source(country, visaType, name), diff, null);
    }

    /** @param run which found it, or null */
    public static String changed(String source, String diff, Long run) {
        String old = version(source, "old text of " + source);
        String change = TestDatabase.text(CHANGE, run, diff, version(source, "new text of " + source + "!"), old);
        TestDatabase.rows(ALERTS, change);
        return change;
    }

    private static String version(String source, String text) {
        return TestDatabase.text(VERSION, text, source, source, text, text);
    }

    /** A confirmed subscription. @return its token */
    public static String subscribed(String email, String origin, String destination, String visaType) {
        return TestDatabase.text("""
                insert into policy.route_subscriptions
                  (email, origin_country, destination_country, visa_type, is_active, asked_at, confirmed_at)
                values (?, ?, ?, ?, true, now(), now()) returning token""", email, origin, destination, visaType);
    }

    /** The statuses of all alerts, sorted. */
    public static java.util.List<String> alerts() {
        return TestDatabase.texts("select status from policy.email_alerts order by status");
    }
}
