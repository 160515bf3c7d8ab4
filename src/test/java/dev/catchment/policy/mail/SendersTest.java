package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.changed;
import static dev.catchment.support.MailRows.subscribed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.MailRig;
import dev.catchment.support.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several that send at the same time. */
class SendersTest {
    private static final String DIFF = "--- old\n+++ new\n@@ -1 +1 @@\n-The fee is 1.\n+The fee is 2.\n";

    @RegisterExtension
    final MailRig mail = new MailRig();

    private static long untold() {
        return TestDatabase.number("select count(*) from policy.policy_changes where alert_sent_at is null");
    }

    @Test
    void two_senders_at_once_send_each_message_once_and_settle_every_change() throws Exception {
        IntStream.range(0, 40).forEach(i -> subscribed("reader" + i + "@people.example", null, null, null));
        IntStream.range(0, 3).forEach(i -> changed("GB", "Student", "page " + i, DIFF));
        try (Service other = mail.another(Routes.of("policy", "mail"))) {
            List<CompletableFuture<Void>> senders = List.of(
                    CompletableFuture.runAsync(() -> MailRig.send(other)), CompletableFuture.runAsync(mail::send));
            senders.forEach(CompletableFuture::join);
        }
        assertThat(mail.received()).hasSize(40);
        assertThat(mail.received().stream().map(SendersTest::recipient)).doesNotHaveDuplicates();
        assertThat(TestDatabase.texts("select distinct status || attempts from policy.messages"))
                .containsExactly("sent1");
        assertThat(TestDatabase.number("select count(*) from policy.email_alerts where status = 'sent'"))
                .isEqualTo(120);
        assertThat(untold()).isZero();
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
