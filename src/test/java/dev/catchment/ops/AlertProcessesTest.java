package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Leases;
import dev.catchment.support.MailRig;
import dev.catchment.support.PostedTo;
import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services as processes of their own: killed between a message and its note, and two at once. */
@Tag("process")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AlertProcessesTest {
    private static final String HELD_UP = "select count(*) from pg_stat_activity where wait_event = 'advisory'";
    private static final String SENT = "select count(*) from ops.messages where status = 'sent'";

    @RegisterExtension
    final MailRig mail = new MailRig();

    private final PostedTo server = PostedTo.start();

    @AfterEach
    void letGo() {
        TestDatabase.execute("drop trigger if exists brake on ops.messages");
        TestDatabase.execute("drop function if exists public.brake");
        server.close();
    }

    private CrawlProcess service() {
        Map<String, String> settings = new HashMap<>(mail.settings());
        settings.put("catalog.crawl-on-start", "never");
        settings.put("ops.alerts.cron", "* * * * * ?");
        settings.put("ops.alerts.collect", "0ms");
        settings.put("ops.alerts.pause", "0ms");
        settings.put("ops.alerts.mail", "night@catchment.example");
        settings.put("ops.alerts.webhook", server.url());
        settings.put("WEBHOOK_SECRET", "s3cret");
        return CrawlProcess.service("ops", settings);
    }

    @Test
    void killed_between_the_mail_and_its_note_another_tells_it_again_under_its_id_and_nothing_else() throws Exception {
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_advisory_xact_lock(5); return new; end $$");
        TestDatabase.execute("create trigger brake before update on ops.messages for each row "
                + "when (new.status = 'sent') execute function public.brake()");
        Ledger.ended("catalog", "crawl", "us", "failed", "1 hour");
        try (java.sql.Connection brake = TestDatabase.get().dataSource().getConnection();
                java.sql.Statement held = brake.createStatement();
                CrawlProcess first = service()) {
            held.execute("select pg_advisory_lock(5)");
            Await.until("a mail is accepted and not noted: " + first.standardError(), () -> number(HELD_UP) == 1);
            first.kill();
            TestDatabase.rows("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'advisory'");
            Await.until("its transaction is gone", () -> number(HELD_UP) == 0);
            held.execute("select pg_advisory_unlock(5)");
            Leases.end(first);
        }
        try (CrawlProcess one = service();
                CrawlProcess other = service()) {
            Await.until(
                    "mail and webhook are told: " + one.standardError() + other.standardError(),
                    () -> number(SENT) == 2);
            Ledger.ended("catalog", "crawl", "us", "succeeded", "0");
            Await.until("and the recovery: " + one.standardError() + other.standardError(), () -> number(SENT) == 4);
        }
        assertThat(number("select count(*) from ops.incidents")).isOne();
        assertThat(number("select count(*) from ops.messages")).isEqualTo(4);
        assertThat(mail.received())
                .as("the one that was not noted twice, and the recovery")
                .hasSize(3);
        assertThat(mail.received().get(0).getMessageID())
                .isEqualTo(mail.received().get(1).getMessageID())
                .isNotEqualTo(mail.received().get(2).getMessageID());
        assertThat(server.posts()).as("each once").hasSize(2);
    }
}
