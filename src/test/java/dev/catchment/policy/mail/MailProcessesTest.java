package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.alerts;
import static dev.catchment.support.MailRows.changed;
import static dev.catchment.support.MailRows.subscribed;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Leases;
import dev.catchment.support.MailRig;
import dev.catchment.support.ScriptedSmtp;
import dev.catchment.support.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Senders as processes of their own, killed between the change and the note that it was told. */
@Tag("process")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MailProcessesTest {
    private static final String HELD_UP = "select count(*) from pg_stat_activity where wait_event = 'advisory'";

    @RegisterExtension
    final MailRig mail = new MailRig();

    @BeforeEach
    void change() {
        subscribed("reader@people.example", null, null, null);
        subscribed("other@people.example", null, null, null);
        changed("GB", "Student", "UK students", "-1\n+2\n");
    }

    @AfterEach
    void letGo() {
        TestDatabase.execute("drop trigger if exists brake on ops.messages");
        TestDatabase.execute("drop function if exists public.brake");
    }

    /** Who notes that a mail was accepted waits until nobody holds lock 5. */
    private static void brake() {
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_advisory_xact_lock(5); return new; end $$");
        TestDatabase.execute("create trigger brake before update on ops.messages for each row "
                + "when (new.status = 'sent') execute function public.brake()");
    }

    private CrawlProcess sender(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(mail.settings());
        settings.put("catalog.crawl-on-start", "never");
        settings.put("policy.alerts.cron", "* * * * * ?");
        settings.putAll(changed);
        return CrawlProcess.service("policy", settings);
    }

    /** Time passes, and a short command is all that runs. */
    private void anotherSends(CrawlProcess dead) {
        Leases.end(dead);
        try (CrawlProcess second = CrawlProcess.command(mail.settings(), List.of("policy", "alerts", "--send"))) {
            assertThat(second.exitCode()).as(second.standardError()).isZero();
            awaitSent(second);
        }
    }

    private void awaitSent(CrawlProcess sender) {
        Await.until(
                "all is sent: " + sender.standardError(),
                () -> alerts().stream().allMatch("sent"::equals));
        assertThat(number("select count(*) from policy.policy_changes where alert_sent_at is not null"))
                .isOne();
    }

    @Test
    void killed_between_the_commit_of_a_change_and_its_sending_another_sends_it_once() {
        try (ScriptedSmtp silent = ScriptedSmtp.start().answer("GREETING", ScriptedSmtp.HANG);
                CrawlProcess first = sender(Map.of("policy.mail.port", String.valueOf(silent.port())))) {
            Await.until(
                    "it has claimed a message: " + first.standardError(),
                    () -> number("select count(*) from policy.messages where status = 'sending'") == 1);
            first.kill();
            assertThat(mail.received()).isEmpty();
            anotherSends(first);
        }
        assertThat(mail.received()).hasSize(2);
        mail.send();
        assertThat(mail.received()).hasSize(2);
    }

    @Test
    void killed_between_acceptance_and_its_note_one_message_goes_again_under_its_id_and_no_other() throws Exception {
        brake();
        try (java.sql.Connection brake = TestDatabase.get().dataSource().getConnection();
                java.sql.Statement held = brake.createStatement();
                CrawlProcess first = sender(Map.of())) {
            held.execute("select pg_advisory_lock(5)");
            Await.until("one is accepted and not noted: " + first.standardError(), () -> number(HELD_UP) == 1);
            assertThat(mail.received()).hasSize(1);
            killWithItsTransaction(first);
            held.execute("select pg_advisory_unlock(5)");
            assertThat(alerts()).containsExactly("pending", "pending");
            anotherSends(first);
        }
        assertThat(mail.received()).hasSize(3);
        assertThat(ids()).hasSize(2).contains(mail.received().get(0).getMessageID());
        assertThat(number("select count(*) from policy.messages where attempts = 2"))
                .isOne();
    }

    /** The server does not see by itself that its client has died while it waits for a lock. */
    private static void killWithItsTransaction(CrawlProcess sender) {
        sender.kill();
        TestDatabase.rows("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'advisory'");
        Await.until("its transaction is gone", () -> number(HELD_UP) == 0);
    }

    private Set<String> ids() throws Exception {
        Set<String> ids = new HashSet<>();
        for (MimeMessage message : mail.received()) {
            ids.add(message.getMessageID());
        }
        return ids;
    }

    @Test
    void the_service_sends_by_itself_when_the_mail_server_is_back() {
        mail.stopServer();
        try (CrawlProcess service = sender(Map.of("policy.mail.retry-delay", "100ms"))) {
            Await.until(
                    "it was tried in vain: " + service.standardError(),
                    () -> number("select count(*) from policy.messages where last_error is not null") > 0);
            assertThat(alerts()).containsExactly("pending", "pending");
            mail.startServerAgain();
            awaitSent(service);
            assertThat(mail.received()).hasSize(2);
        }
    }
}
