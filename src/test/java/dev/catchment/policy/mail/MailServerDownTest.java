package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.alerts;
import static dev.catchment.support.MailRows.changed;
import static dev.catchment.support.MailRows.subscribed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.ScriptedSmtp;
import dev.catchment.support.TestDatabase;
import org.junit.jupiter.api.Test;

/** What is not about one mail: everything waits, and nothing else does. */
class MailServerDownTest extends ScriptedMail {
    @Test
    void a_server_that_says_nothing_is_given_up_and_the_attempt_does_not_count() {
        mail.set("policy.mail.timeout", "200ms");
        smtp.answer("GREETING", ScriptedSmtp.HANG);
        mail.send();
        assertThat(message()).containsEntry("status", "pending").containsEntry("attempts", 0);
        assertThat(error()).contains("did not answer in time");
        assertThat(alerts()).containsExactly("pending");
    }

    @Test
    void a_server_that_cannot_encrypt_gets_no_mail() {
        mail.set("policy.mail.security", "starttls");
        mail.send();
        assertThat(message()).containsEntry("status", "pending").containsEntry("attempts", 0);
        assertThat(error()).contains("STARTTLS", "policy.mail.security");
        assertThat(smtp.said()).noneMatch(line -> line.matches("(AUTH|MAIL).*"));
    }

    @Test
    void a_mail_server_that_is_down_holds_nothing_back_but_mails() {
        smtp.close();
        mail.send();
        assertThat(error()).contains("cannot be reached", "policy.mail.host");
        assertThat(TestDatabase.number("select count(*) from policy.policy_versions"))
                .isEqualTo(2);
        assertThat(alerts()).containsExactly("pending");

        mail.set("policy.mail.port", String.valueOf(mail.port()));
        sendAgain();
        assertThat(mail.received()).hasSize(1);
        assertThat(alerts()).containsExactly("sent");
    }

    @Test
    void a_sender_that_is_refused_is_a_matter_of_settings_and_everything_waits() {
        subscribed("other@people.example", null, null, null);
        changed("US", "Work", "US work", "-1\n+2\n");
        smtp.answer("MAIL", "550 5.7.1 who are you");
        mail.send();
        assertThat(TestDatabase.texts("select status || attempts from policy.messages"))
                .containsExactly("pending0", "pending0");
        assertThat(smtp.said().stream().filter(line -> line.startsWith("MAIL")))
                .as("no second one is tried")
                .hasSize(1);
    }

    @Test
    void what_could_not_be_closed_is_taken_up_by_the_same_sender_under_the_same_id() throws Exception {
        mail.set("policy.mail.port", String.valueOf(mail.port()));
        TestDatabase.execute("alter table ops.messages add constraint brake check (status <> 'sent')");
        try {
            assertThatThrownBy(mail::send).hasStackTraceContaining("brake");
        } finally {
            TestDatabase.execute("alter table ops.messages drop constraint brake");
        }
        assertThat(message()).containsEntry("status", "sending");
        mail.send();
        assertThat(message()).containsEntry("status", "sent");
        assertThat(mail.received()).hasSize(2);
        assertThat(mail.received().get(0).getMessageID())
                .isEqualTo(mail.received().get(1).getMessageID())
                .isEqualTo("<" + message().get("message_id") + ">");
    }
}
