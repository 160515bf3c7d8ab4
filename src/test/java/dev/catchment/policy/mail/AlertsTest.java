package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.alerts;
import static dev.catchment.support.MailRows.changed;
import static dev.catchment.support.MailRows.subscribed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.MailRig;
import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every alert goes out once, in one message per subscriber. */
class AlertsTest {
    private static final String DIFF = "--- old\n+++ new\n@@ -1 +1 @@\n-The fee is 1.\n+The fee is 2.\n";

    @RegisterExtension
    final MailRig mail = new MailRig();

    private static long untold() {
        return TestDatabase.number("select count(*) from policy.policy_changes where alert_sent_at is null");
    }

    @Test
    void several_changes_go_to_one_subscriber_in_one_message() throws Exception {
        subscribed("Reader@people.example", null, null, null);
        changed("GB", "Student", "UK students", DIFF);
        changed("US", "Work", "US work", DIFF);
        changed("US", "Student", "US students", DIFF);
        mail.send();

        MimeMessage digest = mail.received().get(0);
        assertThat(mail.received()).hasSize(1);
        assertThat(digest.getSubject()).isEqualTo("Catchment: 3 policies changed (GB Student, US)");
        assertThat(digest.getAllRecipients()).extracting(Object::toString).containsExactly("reader@people.example");
        assertThat(MailRig.parts(digest).get(0))
                .startsWith("3 policies changed:\n\n* GB Student: UK students\n  https://pages.example/")
                .contains("+The fee is 2.", "US work", "the text had 48 characters and has 49");
        assertThat(alerts()).containsExactly("sent", "sent", "sent");
        assertThat(untold()).isZero();
        mail.send();
        assertThat(mail.received()).as("nothing is due").hasSize(1);
    }

    @Test
    void two_subscriptions_of_one_address_that_match_one_change_say_it_once() throws Exception {
        String all = subscribed("reader@people.example", null, null, null);
        String route = subscribed("READER@people.example", "AF", "GB", "student");
        changed("GB", "Student", "UK students", DIFF);
        mail.set("policy.links.url", "https://catchment.example/policy/").send();

        assertThat(mail.received()).hasSize(1);
        String plain = MailRig.parts(mail.received().get(0)).get(0);
        assertThat(plain.split("\\* GB Student: UK students", -1)).hasSize(2);
        assertThat(plain).contains("/unsubscribe/" + all, "/unsubscribe/" + route, "from AF to GB, visa type student");
        assertThat(mail.received().get(0).getHeader("List-Unsubscribe", null).replaceAll("\\s", ""))
                .isEqualTo("<https://catchment.example/policy/unsubscribe/"
                        + TestDatabase.text("select token from policy.addresses") + ">");
        assertThat(alerts()).containsExactly("sent", "sent");
    }

    @Test
    void a_change_is_told_when_the_last_of_its_alerts_is_out() {
        subscribed("first@people.example", null, null, null);
        subscribed("second@people.example", null, null, null);
        changed("GB", "Student", "UK students", DIFF);
        mail.service();
        TestDatabase.get().rows("policy/open-messages", Map.of("worker", "test", "domain", "catchment.example"));
        TestDatabase.execute("update policy.messages set next_attempt_at = now() + interval '1 hour' "
                + "where recipient = 'second@people.example'");
        mail.send();
        assertThat(alerts()).containsExactly("pending", "sent");
        assertThat(untold()).isOne();
        TestDatabase.execute("update policy.messages set next_attempt_at = now() where status = 'pending'");
        mail.send();
        assertThat(untold()).isZero();
    }

    @Test
    void alerts_of_a_run_that_is_not_over_wait_for_all_it_finds() {
        TestDatabase.execute("select ops.beat('{n/1}')");
        subscribed("reader@people.example", null, null, null);
        long run = TestDatabase.number("""
                insert into ops.runs (room, flow, scope, trigger, mode, node, claimed_by, begun_at, started_at, heartbeat_at)
                values ('policy', 'watch', 'all', 'test', 'whole', 'n', 'n/1', now(), now(), now()) returning id""");
        changed(MailRows.source("GB", "Student", "one"), DIFF, run);
        mail.send();
        assertThat(mail.received()).isEmpty();
        changed(MailRows.source("GB", "Student", "two"), DIFF, run);
        TestDatabase.execute("update ops.runs set status = 'succeeded', finished_at = now()");
        mail.send();
        assertThat(mail.received()).hasSize(1);
        assertThat(alerts()).containsExactly("sent", "sent");
    }

    @Test
    void a_run_that_died_holds_nothing_back() {
        subscribed("reader@people.example", null, null, null);
        long run = TestDatabase.number("""
                insert into ops.runs (room, flow, scope, trigger, mode, node, claimed_by, begun_at, started_at, heartbeat_at)
                values ('policy', 'watch', 'all', 'test', 'whole', 'n', 'n/1', now(), now(), now()) returning id""");
        changed(MailRows.source("GB", "Student", "one"), DIFF, run);
        mail.send();
        assertThat(mail.received()).hasSize(1);
    }

    @Test
    void what_has_ended_meanwhile_is_told_nothing() {
        subscribed("reader@people.example", null, null, null);
        changed("GB", "Student", "UK students", DIFF);
        TestDatabase.execute("update policy.route_subscriptions set is_active = false, ended_at = now()");
        mail.send();
        assertThat(mail.received()).isEmpty();
        assertThat(alerts()).containsExactly("cancelled");
    }

    @Test
    void without_a_mail_server_alerts_wait_and_then_go_as_one() {
        subscribed("reader@people.example", null, null, null);
        changed("GB", "Student", "one", DIFF);
        mail.set("policy.mail.host", "").send();
        changed("GB", "Student", "two", DIFF);
        mail.send();
        assertThat(TestDatabase.rows("select from policy.messages")).isEmpty();
        assertThat(alerts()).containsExactly("pending", "pending");
        mail.set("policy.mail.host", "127.0.0.1").send();
        assertThat(mail.received()).hasSize(1);
    }
}
