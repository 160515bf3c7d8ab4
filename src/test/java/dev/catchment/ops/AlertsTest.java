package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.MailRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators are told of runs, by real mail. */
class AlertsTest {
    private static final String OPEN =
            "select concat_ws('/', room, flow, scope, cause) from ops.incidents where closed_at is null order by 1";

    @RegisterExtension
    final MailRig mail = new MailRig();

    private static final Routes ALERTING = Routes.of("ops", "mail", "alerts");

    private Routes routes = ALERTING;

    @BeforeEach
    void configure() {
        mail.set("ops.alerts.mail", "night@catchment.example");
        mail.set("ops.alerts.collect", "0ms");
        mail.set("ops.alerts.pause", "0ms");
    }

    private Service alerting() {
        return mail.another(ALERTING, Map.of());
    }

    private void tick() {
        tick(mail.service(routes));
    }

    private static void tick(Service service) {
        service.camel().createProducerTemplate().requestBody("direct:ops-alerts", "");
    }

    @Test
    void a_failed_run_is_told_once_and_its_recovery_once() throws Exception {
        Ledger.ended("catalog", "crawl", "us", "succeeded", "2 days");
        long run = Ledger.ended("catalog", "crawl", "us", "failed", "1 day");
        tick();
        tick();
        assertThat(mail.received()).hasSize(1);
        assertThat(mail.received().get(0).getSubject()).isEqualTo("Catchment: catalog/crawl/us failed");
        assertThat(MailRig.parts(mail.received().get(0)).get(0))
                .contains(
                        "* catalog/crawl/us\n  The last run failed, since ",
                        "The network was down.",
                        "catchment runs " + run);
        Ledger.ended("catalog", "crawl", "us", "failed", "12 hours");
        tick();
        assertThat(mail.received()).as("it is known").hasSize(1);
        assertThat(texts("select concat_ws(' ', count(*), max(run_id) - %d) from ops.incidents".formatted(run)))
                .as("one incident, which names the last run")
                .containsExactly("1 1");
        Ledger.ended("catalog", "crawl", "us", "succeeded", "1 hour");
        tick();
        tick();
        assertThat(mail.received()).hasSize(2);
        assertThat(mail.received().get(1).getSubject()).isEqualTo("Catchment: catalog/crawl/us recovered");
        assertThat(texts(OPEN)).isEmpty();
    }

    @Test
    void what_is_over_before_it_was_told_is_not_told() {
        mail.set("ops.alerts.collect", "1h");
        Ledger.ended("names", "load", "a.csv", "partial", "1 minute");
        tick();
        assertThat(texts(OPEN)).containsExactly("names/load/a.csv/partial");
        Ledger.ended("names", "load", "a.csv", "succeeded", "0");
        tick();
        TestDatabase.execute(
                "update ops.incidents set opened_at = opened_at - interval '2 hours', closed_at = closed_at - interval '2 hours'");
        tick();
        assertThat(mail.received()).isEmpty();
    }

    @Test
    void a_storm_is_one_message_and_so_is_its_end() throws Exception {
        Ledger.storm("harvest", 500);
        tick();
        assertThat(mail.received()).hasSize(1);
        assertThat(mail.received().get(0).getSubject()).isEqualTo("Catchment: 500 incidents (500 failed in harvest)");
        assertThat(MailRig.parts(mail.received().get(0)).get(0))
                .contains("500 failed in harvest\n", "* harvest/walk/source-1\n", "and 480 more: catchment alerts");
        TestDatabase.execute(
                "insert into ops.runs (room, flow, scope, trigger, mode, node, status, begun_at, started_at,"
                        + " heartbeat_at, finished_at) select room, flow, scope, trigger, mode, node, 'succeeded', now(), now(), now(),"
                        + " now() from ops.runs");
        tick();
        assertThat(mail.received()).hasSize(2);
        assertThat(mail.received().get(1).getSubject()).isEqualTo("Catchment: 500 recovered");
    }

    @Test
    void what_failed_in_the_second_run_of_a_watch_is_made_up_for_by_the_next_first_one() {
        Ledger.ended("policy", "watch", "due-2", "failed", "1 minute");
        tick();
        assertThat(texts(OPEN)).containsExactly("policy/watch/due-2/failed");
        Ledger.ended("policy", "watch", "due", "failed", "0");
        tick();
        assertThat(texts(OPEN)).containsExactly("policy/watch/due-2/failed", "policy/watch/due/failed");
        Ledger.ended("policy", "watch", "due", "succeeded", "0");
        tick();
        assertThat(texts(OPEN)).isEmpty();
        Ledger.ended("policy", "watch", "due-2", "failed", "0");
        tick();
        assertThat(texts(OPEN)).containsExactly("policy/watch/due-2/failed");
    }

    @Test
    void what_comes_soon_after_a_message_comes_with_the_next_one() {
        mail.set("ops.alerts.pause", "1h");
        Ledger.ended("catalog", "crawl", "us", "failed", "1 minute");
        tick();
        IntStream.range(0, 30).forEach(n -> Ledger.ended("harvest", "walk", "s" + n, "failed", "1 minute"));
        tick();
        assertThat(mail.received()).hasSize(1);
        TestDatabase.execute("update ops.messages set created_at = created_at - interval '2 hours'");
        tick();
        assertThat(mail.received()).hasSize(2);
    }

    @Test
    void a_schedule_that_brought_no_run_is_overdue_until_it_does() {
        mail.set("catalog.us.cron", "0 0 * * * ?");
        mail.set("ops.alerts.overdue", "90m");
        routes = Routes.of("(ops|catalog)", "http", "mail", "alerts");
        tick();
        assertThat(texts(OPEN)).as("what never ran is new").isEmpty();
        Ledger.ended("catalog", "crawl", "us", "succeeded", "5 hours");
        tick();
        assertThat(texts(OPEN)).containsExactly("catalog/crawl/us/overdue");
        Ledger.ended("catalog", "crawl", "us", "succeeded", "5 minutes");
        tick();
        assertThat(texts(OPEN)).isEmpty();
        assertThat(mail.received()).hasSize(2);
    }

    @Test
    void the_rooms_say_what_runs_do_not() {
        TestDatabase.execute("""
                insert into harvest.sources (name, kind, url, host, due_at, health, is_active) values
                  ('dead', 'ckan', 'https://a.example', 'a.example', now(), 'dead', true),
                  ('late', 'ckan', 'https://b.example', 'b.example', now() - interval '1 day', 'ok', true),
                  ('paused', 'ckan', 'https://c.example', 'c.example', now() - interval '1 day', 'dead', false),
                  ('held', 'ckan', 'https://d.example', 'd.example', now(), 'ok', true)""");
        Ledger.ended("harvest", "walk", "dead", "failed", "1 hour");
        Ledger.ended("harvest", "walk", "paused", "failed", "1 hour");
        TestDatabase.execute("""
                insert into harvest.retirements (source_id, run_id, keys, held, reason, held_back_at)
                select id, 1, '{a,b}', 4, '2 of 4 are missing.', now() from harvest.sources where name = 'held'""");
        TestDatabase.execute("""
                insert into policy.sources (country, visa_type, url, name, fetch_type, next_check_at) values
                  ('GB', 'Student', 'https://p.example/1', 'late page', 'html', now() - interval '1 day'),
                  ('GB', 'Student', 'https://p.example/2', 'page', 'html', now())""");
        TestDatabase.execute(
                "update ops.runs set note = '60 went. Nothing was retired: 60 of 100 are missing.' where id = %d"
                        .formatted(Ledger.ended("catalog", "crawl", "eu", "succeeded", "1 minute")));
        tick();
        assertThat(texts(OPEN))
                .containsExactly(
                        "catalog/crawl/eu/held",
                        "harvest/walk/dead/dead",
                        "harvest/walk/dead/failed",
                        "harvest/walk/held/held",
                        "harvest/walk/late/overdue",
                        "policy/watch/late page/overdue");
        assertThat(texts("select detail from ops.incidents where scope = 'held'")
                        .get(0))
                .contains(
                        "2 retirements are held back", "catchment harvest retire --source held --confirm or --dismiss");
        TestDatabase.execute("update harvest.retirements set decision = 'confirmed', decided_at = now()");
        tick();
        assertThat(texts(OPEN)).noneMatch(incident -> incident.contains("harvest/walk/held"));
    }

    @Test
    void a_dismissed_incident_opens_again_with_a_later_run_alone() {
        Ledger.ended("names", "load", "a.csv", "failed", "1 hour");
        tick();
        long incident = number("select id from ops.incidents");
        TestDatabase.get().rows("ops/update-dismissed-incident", Map.of("incident", incident));
        tick();
        assertThat(texts(OPEN)).isEmpty();
        assertThat(mail.received()).as("nobody is told of what a person did").hasSize(1);
        Ledger.ended("names", "load", "a.csv", "failed", "1 minute");
        tick();
        assertThat(texts(OPEN)).containsExactly("names/load/a.csv/failed");
        assertThat(mail.received()).hasSize(2);
    }

    @Test
    void several_at_once_open_one_incident_and_send_one_message() {
        Ledger.storm("harvest", 50);
        try (Service one = alerting();
                Service other = alerting()) {
            List<CompletableFuture<Void>> ticks = IntStream.range(0, 8)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> tick(n % 2 == 0 ? one : other)))
                    .toList();
            ticks.forEach(CompletableFuture::join);
        }
        assertThat(number("select count(*) from ops.incidents")).isEqualTo(50);
        assertThat(number("select count(*) from ops.messages")).isOne();
        assertThat(mail.received()).hasSize(1);
    }

    @Test
    void nothing_is_sent_to_nobody_and_told_when_there_is_somebody() {
        mail.set("ops.alerts.mail", "");
        Ledger.ended("catalog", "crawl", "us", "failed", "1 hour");
        tick();
        assertThat(number("select count(*) from ops.messages")).isZero();
        assertThat(texts(OPEN)).hasSize(1);
        mail.set("ops.alerts.mail", "night@catchment.example, \"Day, by\" <day@catchment.example>");
        tick();
        assertThat(mail.received()).as("one each").hasSize(2);
        assertThat(texts("select recipient from ops.messages order by 1"))
                .containsExactly("\"Day, by\" <day@catchment.example>", "night@catchment.example");
    }
}
