package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.alerts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.ScriptedSmtp;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a message that does not go out. */
class MailRefusalTest extends ScriptedMail {
    @Test
    void a_recipient_that_is_refused_for_good_fails_at_once_and_goes_when_it_is_retried() {
        smtp.answer("RCPT", "550 5.1.1 no such mailbox");
        mail.send();
        assertThat(message()).containsEntry("status", "failed").containsEntry("attempts", 1);
        assertThat(error()).contains("no such mailbox");
        assertThat(alerts()).containsExactly("failed");
        Object id = message().get("message_id");

        smtp.answer("RCPT", "250 OK");
        assertThat(TestDatabase.get().rows("ops/update-retried-messages", Map.of("room", "policy")))
                .hasSize(1);
        mail.send();
        assertThat(message()).containsEntry("status", "sent").containsEntry("message_id", id);
        assertThat(alerts()).containsExactly("sent");
        assertThat(TestDatabase.number("select count(*) from policy.policy_changes where alert_sent_at is null"))
                .isZero();
    }

    @Test
    void a_recipient_that_is_refused_for_now_is_tried_after_a_pause_that_doubles_and_fails_in_the_end() {
        mail.set("policy.mail.max-attempts", "4").set("policy.mail.max-retry-delay", "3m");
        smtp.answer("RCPT", "450 4.2.0 greylisted");
        mail.send();
        assertThat(message()).containsEntry("status", "pending").containsEntry("attempts", 1);
        assertThat((Integer) message().get("wait")).isBetween(50, 60);
        Object id = message().get("message_id");
        mail.send();
        assertThat(message()).as("it is not due").containsEntry("attempts", 1);
        sendAgain();
        assertThat((Integer) message().get("wait")).isBetween(110, 120);
        sendAgain();
        assertThat((Integer) message().get("wait")).as("the longest pause").isBetween(170, 180);
        sendAgain();
        assertThat(message())
                .containsEntry("status", "failed")
                .containsEntry("attempts", 4)
                .containsEntry("message_id", id);
        assertThat(alerts()).containsExactly("failed");
    }

    @Test
    void content_that_is_refused_for_good_fails_at_once() {
        smtp.answer(".", "554 5.6.0 not like this");
        mail.send();
        assertThat(message()).containsEntry("status", "failed");
    }

    @Test
    void a_connection_that_breaks_when_the_mail_was_handed_over_means_the_same_message_again() {
        smtp.answer(".", ScriptedSmtp.DROP);
        mail.send();
        assertThat(message()).containsEntry("status", "pending").containsEntry("attempts", 1);
        Object id = message().get("message_id");
        smtp.answer(".", "250 Taken");
        sendAgain();
        assertThat(message()).containsEntry("status", "sent").containsEntry("message_id", id);
    }
}
