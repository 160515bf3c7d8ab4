package dev.catchment.support;

import dev.catchment.policy.diff.Diff;
import dev.catchment.postgres.Database;
import dev.catchment.text.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sources and versions put straight into the tables, as the watch leaves them behind. */
public record PolicyRows(Database database) {
    private static final String SOURCE = """
            insert into policy.sources (name, country, visa_type, url, fetch_type)
            values (?, ?, 'work', 'https://www.example.gov/' || ?, 'html')""";

    private static final String LAST_TEXT = """
            select coalesce((select v.raw_text from policy.policy_versions v join policy.sources s on s.id = v.source_id
            where s.name = ? order by v.sequence desc limit 1), '')""";

    /** A moment an hour after the last one; the first is noon. */
    private static final String VERSION = """
            with given as (select ? as name, ? as text, ? as hash, ? as diff, '<p>' || ?::text as page),
            source as (select s.id, s.url from policy.sources s join given using (name)),
            last as (
              select v.* from policy.policy_versions v join source on source.id = v.source_id order by sequence desc limit 1),
            step as (
              select coalesce((select sequence from last), 0) + 1 as sequence, (select chain_hash from last) as previous_hash,
                coalesce((select fetched_at from last), '2026-11-01T11:00Z') + interval '1 hour' as at),
            snapshot as (
              insert into policy.snapshots (sha256, bytes, body)
              select encode(sha256(body), 'hex'), length(body), body
              from (select convert_to(page, 'UTF8') as body from given) b on conflict do nothing),
            made as (
              insert into policy.policy_versions (source_id, sequence, content_hash, raw_text, links, links_hash, snapshot,
                normaliser_version, previous_hash, chain_hash, fetched_at, content_length, fetch_duration)
              select source.id, step.sequence, hash, text, '["https://www.example.gov/fees"]',
                encode(sha256('https://www.example.gov/fees'), 'hex'), encode(sha256(convert_to(page, 'UTF8')), 'hex'),
                'html-1', step.previous_hash, policy.chain_hash(step.previous_hash, hash, text, step.sequence, step.at),
                step.at, length(text), 12
              from given, source, step
              returning *),
            change as (
              insert into policy.policy_changes (
                source_id, old_hash, new_hash, diff, diff_length, old_version_id, new_version_id, detected_at)
              select v.source_id, last.content_hash, v.content_hash, diff, length(diff), last.id, v.id, v.fetched_at
              from made v, last, given),
            logged as (
              insert into policy.fetches (source_id, fetched_at, url, final_url, status, snapshot, bytes, milliseconds, outcome)
              select v.source_id, v.fetched_at, source.url, source.url, 200, v.snapshot, 100, 12,
                case when v.sequence = 1 then 'baseline' else 'changed' end
              from made v, source)
            update policy.sources s
            set last_checked_at = v.fetched_at, last_change_detected_at = v.fetched_at, next_check_at = v.fetched_at + interval '1 day'
            from made v where s.id = v.source_id""";

    public void source(String name, String country) {
        update(SOURCE, name, country, name.replace(' ', '-'));
    }

    /** The next version of a source, with its snapshot, check and change. */
    public void version(String name, String text) {
        String before = text(LAST_TEXT, name);
        update(VERSION, name, text, Sha256.of(text), Diff.between(before, text).unified(), text);
    }

    private void update(String sql, String... values) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(String sql, String... values) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
