package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.MailRig;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is no longer kept, and what is although it is old. */
class RetentionTest {
    @RegisterExtension
    final MailRig mail = new MailRig();

    @AfterEach
    void only_the_first_partitions() {
        ahead().forEach(part -> execute("drop table " + part));
    }

    private void clean(String room, String... doors) {
        try (Service service = mail.another(Routes.of(room, doors))) {
            service.camel().createProducerTemplate().requestBody("direct:" + room + "-cleanup", "");
        }
    }

    /** A run with requests and rejects. @return its id */
    private static long run(String room, String scope, String status, String ago, int requests) {
        long run = Ledger.ended(room, "walk", scope, status, ago);
        execute(
                "insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, records)"
                        + " select %d, n, now(), 'u', 200, 1, 1, 1, 0 from generate_series(1, %d) n"
                                .formatted(run, requests));
        execute("insert into ops.rejects (run_id, position, reason, severity, message, record, rejected_at)"
                + " select %d, n::text, 'r', 'error', 'm', '{}', now() from generate_series(1, %d) n"
                        .formatted(run, requests));
        return run;
    }

    private static long of(String table, long run) {
        return number("select count(*) from ops.%s where run_id = %d".formatted(table, run));
    }

    @Test
    void requests_and_rejects_go_before_their_runs_and_the_last_of_a_scope_stay() {
        mail.set("ops.requests.keep", "30d").set("ops.rejects.keep", "60d").set("ops.runs.keep", "100d");
        long ancient = run("names", "a", "succeeded", "200 days", 5_000);
        long old = run("names", "a", "succeeded", "70 days", 3);
        long recent = run("names", "a", "succeeded", "40 days", 3);
        long last = run("names", "a", "succeeded", "35 days", 3);
        long lone = run("names", "b", "partial", "300 days", 3);
        clean("ops", "mail");
        assertThat(texts("select id from ops.runs order by id"))
                .containsExactly(
                        String.valueOf(old), String.valueOf(recent), String.valueOf(last), String.valueOf(lone));
        assertThat(of("requests", ancient) + of("rejects", ancient)).isZero();
        assertThat(of("requests", old) + of("rejects", old)).isZero();
        assertThat(of("requests", recent)).isZero();
        assertThat(of("rejects", recent)).isEqualTo(3);
        assertThat(of("requests", last) + of("requests", lone))
                .as("the next run resumes from them")
                .isEqualTo(6);
    }

    @Test
    void a_chain_that_is_resumed_or_verified_stays_and_an_old_one_goes_whole() {
        mail.set("ops.runs.keep", "30d");
        long first = run("names", "gone", "stopped", "200 days", 1);
        long second = run("names", "gone", "succeeded", "190 days", 1);
        execute(
                "update ops.runs set resumes = %1$d, begun_at = (select begun_at from ops.runs where id = %1$d) where id = %2$d"
                        .formatted(first, second));
        run("names", "gone", "succeeded", "1 day", 1);
        long begun = run("names", "unfinished", "stopped", "200 days", 1);
        long resumed = run("names", "unfinished", "stopped", "150 days", 1);
        execute(
                "update ops.runs set resumes = %1$d, begun_at = (select begun_at from ops.runs where id = %1$d) where id = %2$d"
                        .formatted(begun, resumed));
        long complete = run("names", "never again", "succeeded", "200 days", 1);
        run("names", "never again", "failed", "1 day", 1);
        clean("ops", "mail");
        assertThat(texts("select scope from ops.runs order by scope"))
                .containsExactly("gone", "never again", "never again", "unfinished", "unfinished");
        assertThat(of("requests", complete)).as("what verify holds it against").isOne();
        assertThat(of("requests", begun)).isOne();
    }

    @Test
    void what_a_room_needs_stays() {
        mail.set("ops.runs.keep", "30d").set("ops.requests.keep", "30d");
        execute(
                "insert into harvest.sources (name, kind, url, host) values ('s', 'ckan', 'https://a.example', 'a.example')");
        long held = run("harvest", "s", "succeeded", "200 days", 1);
        long undoable = run("harvest", "s", "succeeded", "199 days", 1);
        long planned = run("harvest", "s", "succeeded", "198 days", 1);
        long adding = run("harvest", "s", "succeeded", "197 days", 1);
        long nothing = run("harvest", "s", "succeeded", "196 days", 1);
        run("harvest", "s", "succeeded", "1 day", 1);
        execute("insert into harvest.retirements (source_id, run_id, keys, held, reason, held_back_at)"
                + " select id, %d, '{a}', 1, 'r', now() from harvest.sources".formatted(held));
        execute("insert into harvest.plans (source_id, run_id, hash, base, created_at)"
                + " select id, %d, 'h', 'b', now() from harvest.sources".formatted(planned));
        execute(
                "insert into harvest.versions (dataset_id, source_id, key, valid_from, valid_to, run_id, cause, changed_fields,"
                        + " is_noise, was_retired, content_hash, state) select gen_random_uuid(), id, 'k', '2026-01-01', '2026-01-02', "
                        + undoable + ", 'changed', '{title}', false, false, 'h', '{}' from harvest.sources");
        execute("update ops.runs set added = 3 where id = " + adding);
        clean("ops", "mail");
        assertThat(texts("select id from ops.runs where finished_at < now() - interval '30 days' order by id"))
                .containsExactly(
                        String.valueOf(held),
                        String.valueOf(undoable),
                        String.valueOf(planned),
                        String.valueOf(adding));
        assertThat(of("requests", held) + of("requests", planned)).isEqualTo(2);
        assertThat(of("requests", undoable) + of("requests", adding) + of("requests", nothing))
                .isZero();
    }

    @Test
    void states_that_ended_long_ago_go_in_batches_in_both_rooms_and_none_without_a_setting() {
        execute(
                "insert into harvest.sources (name, kind, url, host) values ('s', 'ckan', 'https://a.example', 'a.example')");
        execute(
                "insert into harvest.versions (dataset_id, source_id, key, valid_from, valid_to, run_id, cause, changed_fields,"
                        + " is_noise, was_retired, content_hash, state) select gen_random_uuid(), id, 'k', at - interval '1 day', at, 1,"
                        + " 'changed', '{title}', false, false, 'h', '{}' from harvest.sources, generate_series(1, 4500) n"
                        + " cross join lateral (select now() - case when n % 3 = 0 then interval '1 day' else interval '40 days' end as at) m");
        execute(
                "insert into catalog.versions (region, dataset_id, valid_from, valid_to, run_id, cause, changed_fields, is_noise,"
                        + " was_retired, content_hash, state) select 'us', 'aaaa-2222', now() - (n + 1) * interval '1 day',"
                        + " now() - n * interval '1 day', 1, 'changed', '{name}', false, false, repeat('0', 64), '{}'"
                        + " from generate_series(1, 60) n");
        clean("harvest", "http");
        clean("catalog", "http");
        assertThat(number("select count(*) from harvest.versions"))
                .as("kept for ever")
                .isEqualTo(4_500);
        assertThat(number("select count(*) from catalog.versions")).isEqualTo(60);
        mail.set("harvest.history.keep", "30d").set("catalog.history.keep", "30d");
        clean("harvest", "http");
        clean("catalog", "http");
        assertThat(number("select count(*) from harvest.versions")).isEqualTo(1_500);
        assertThat(number("select count(*) from harvest.versions where valid_to < now() - interval '30 days'"))
                .isZero();
        assertThat(number("select count(*) from catalog.versions")).isBetween(29L, 30L);
    }

    @Test
    void checks_go_but_those_that_a_version_came_of_the_last_ones_and_unended_failures() {
        mail.set("policy.fetches.keep", "30d");
        execute("""
                insert into policy.sources (country, visa_type, url, name, fetch_type) values
                  ('GB', 'Student', 'https://p.example/1', 'well', 'html'), ('GB', 'Student', 'https://p.example/2', 'ill', 'html')""");
        execute("""
                insert into policy.fetches (source_id, fetched_at, url, final_url, milliseconds, outcome, cause, message, bytes)
                select s.id, now() - days * interval '1 day', 'u', 'u', 1, outcome, case when outcome = 'failed' then 'gone' end,
                  case when outcome = 'failed' then 'm' end, 1
                from policy.sources s join (values
                  ('well', 90, 'baseline'), ('well', 80, 'unchanged'), ('well', 70, 'failed'), ('well', 60, 'changed'),
                  ('well', 50, 'unchanged'), ('ill', 80, 'unchanged'), ('ill', 70, 'unchanged'), ('ill', 60, 'failed'),
                  ('ill', 50, 'failed')) f (name, days, outcome) on f.name = s.name""");
        clean("policy", "mail");
        assertThat(texts(
                        "select s.name || ' ' || f.outcome from policy.fetches f join policy.sources s on s.id = f.source_id"
                                + " order by s.name, f.fetched_at"))
                .containsExactly(
                        "ill unchanged", "ill failed", "ill failed", "well baseline", "well changed", "well unchanged");
    }

    @Test
    void jobs_go_when_they_ended_long_ago() {
        mail.set("names.jobs.keep", "10d");
        execute("""
                insert into names.jobs (type, status, completed_at, last_error) values
                  ('parse_dataset', 'failed', now() - interval '11 days', 'e'),
                  ('parse_dataset', 'failed', now() - interval '9 days', 'e'),
                  ('parse_dataset', 'queued', null, null)""");
        clean("names");
        assertThat(texts("select status from names.jobs order by status")).containsExactly("failed", "queued");
    }

    @Test
    void each_night_makes_the_next_partitions_and_drops_those_that_are_old_enough() {
        mail.set("ops.requests.keep", "30d").set("policy.fetches.keep", "30d").set("harvest.history.keep", "30d");
        mail.set("ops.requests.partition", "1000").set("policy.fetches.partition", "year");
        execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 2999999)");
        // Nobody made one for the present, nor is there one: it is made ahead, and what comes now has the default one.
        long old = run("names", "a", "succeeded", "70 days", 2);
        clean("ops", "mail");
        clean("policy", "mail");
        clean("harvest", "http");
        assertThat(texts("select part::text from ops.partitions_of('ops.requests') where lower is not null"))
                .contains("ops.requests_3001000");
        assertThat(of("requests", old)).as("its scope has no other").isEqualTo(2);
        assertThat(number("select count(*) from ops.partitions_of('policy.fetches') where lower::timestamptz > now()"))
                .isPositive();
        assertThat(
                        texts(
                                "select scope from ops.troubles(now() + interval '20 days', interval '0') where flow = 'cleanup'"))
                .isEmpty();
        execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 3000999)");
        for (int i = 0; i < 3; i++) {
            run("names", "b", "succeeded", "60 days", 2);
        }
        execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 3001999)");
        long last = run("names", "b", "succeeded", "1 day", 2);
        clean("ops", "mail");
        assertThat(texts("select part::text from ops.partitions_of('ops.requests') where lower is not null"))
                .doesNotContain("ops.requests_3001000")
                .contains("ops.requests_3003000");
        assertThat(texts("select distinct run_id::text from ops.requests order by 1"))
                .containsExactly(String.valueOf(old), String.valueOf(last));
    }

    private static Connection reading(String table) throws SQLException {
        Connection reader = TestDatabase.get().dataSource().getConnection();
        reader.setAutoCommit(false);
        reader.createStatement().executeQuery("select count(*) from " + table);
        return reader;
    }

    private static List<String> ahead() {
        return texts("select part::text from ops.partitions_of('ops.requests') where lower is not null");
    }

    @Test
    void a_partition_whose_table_is_read_is_made_later_in_the_night() throws Exception {
        mail.set("ops.requests.partition", "1000").set("ops.partitions.pause", "1s");
        execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 4999999)");
        run("names", "a", "succeeded", "1 day", 2);
        try (CapturedLog log = CapturedLog.of(Level.INFO);
                Connection reader = reading("ops.requests")) {
            CompletableFuture<Void> night = CompletableFuture.runAsync(() -> clean("ops", "mail"));
            Await.until(
                    "it waits",
                    () -> log.ours(Level.INFO).stream().anyMatch(line -> line.contains("again=1 of=6 after=PT1S")));
            assertThat(ahead()).isEmpty();
            reader.rollback();
            night.get(1, TimeUnit.MINUTES);
            assertThat(log.ours(Level.WARN)).isEmpty();
        }
        assertThat(ahead()).containsExactly("ops.requests_5001000");
    }

    @Test
    void one_whose_table_is_read_all_night_is_left_to_the_next_and_the_rest_is_done() throws Exception {
        mail.set("ops.requests.keep", "30d").set("ops.partitions.pause", "1ms").set("ops.partitions.retries", "1");
        mail.set("ops.requests.partition", "1000");
        execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 5999999)");
        long old = run("names", "a", "succeeded", "40 days", 3);
        run("names", "a", "succeeded", "1 day", 3);
        try (CapturedLog log = CapturedLog.of(Level.INFO);
                Connection reader = reading("ops.requests")) {
            clean("ops", "mail");
            assertThat(log.all())
                    .anyMatch(line -> line.contains("tried again the next night")
                            && line.contains("route=ops-cleanup-requests-partitions"));
            reader.rollback();
        }
        assertThat(ahead()).isEmpty();
        assertThat(of("requests", old)).isZero();
        clean("ops", "mail");
        assertThat(ahead()).containsExactly("ops.requests_6001000");
    }
}
