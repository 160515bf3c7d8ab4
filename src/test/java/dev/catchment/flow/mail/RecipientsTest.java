package dev.catchment.flow.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.ScriptedSmtp;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mail to several, of whom one is refused. */
class RecipientsTest {
    private static final String DAY = "RCPT TO:<day@catchment.example>";
    private static final String NIGHT = "RCPT TO:<night@catchment.example>";

    private final ScriptedSmtp smtp = ScriptedSmtp.start();

    @AfterEach
    void close() {
        smtp.close();
    }

    private void send() throws MessagingException {
        SmtpLogin nobody = new SmtpLogin("");
        nobody.setUser("");
        MimeMessage mail = new MailWithId("1@b.example");
        mail.setFrom("watch@catchment.example");
        mail.setRecipients(RecipientType.TO, MailAddresses.of("day@catchment.example, night@catchment.example"));
        mail.setText("Hello.");
        new MailServer("127.0.0.1", smtp.port(), "none", 5_000, nobody).send(mail);
    }

    @Test
    void who_is_refused_for_good_keeps_nothing_from_the_other() throws Exception {
        smtp.answer(NIGHT, "550 5.1.1 no such mailbox");
        send();
        List<String> said = List.copyOf(smtp.said()); // it says goodbye meanwhile
        assertThat(said).filteredOn(line -> line.equals("DATA")).hasSize(1);
        assertThat(said.subList(said.indexOf("RSET"), said.size()))
                .contains(DAY)
                .doesNotContain(NIGHT);
    }

    @Test
    void who_is_refused_for_now_is_waited_for() {
        smtp.answer(NIGHT, "450 4.2.0 greylisted");
        assertThatThrownBy(this::send)
                .satisfies(refused ->
                        assertThat(Refusal.ofMail(refused).isPermanent()).isFalse());
        assertThat(smtp.said()).doesNotContain("DATA");
    }

    @ParameterizedTest
    @CsvSource({"450 4.2.0 greylisted, 550 5.1.1 no such mailbox", "550 5.1.1 no such mailbox, 450 4.2.0 greylisted"})
    void who_is_refused_for_now_is_waited_for_beside_one_who_is_refused_for_good(String day, String night)
            throws Exception {
        smtp.answer(DAY, day).answer(NIGHT, night);
        assertThatThrownBy(this::send)
                .satisfies(refused ->
                        assertThat(Refusal.ofMail(refused).isPermanent()).isFalse());
        assertThat(smtp.said()).doesNotContain("DATA");
        smtp.answer(day.startsWith("450") ? DAY : NIGHT, "250 2.1.5 ok");
        send();
        assertThat(smtp.said()).filteredOn(line -> line.equals("DATA")).hasSize(1);
    }

    @Test
    void a_mail_that_is_refused_is_not_sent_in_parts() {
        smtp.answer(NIGHT, "550 5.1.1 no such mailbox").answer(".", "451 4.3.0 try again later");
        assertThatThrownBy(this::send)
                .satisfies(refused ->
                        assertThat(Refusal.ofMail(refused).isPermanent()).isFalse());
        assertThat(smtp.said()).filteredOn(line -> line.equals("DATA")).hasSize(1);
    }

    @Test
    void if_all_are_refused_it_is_refused() {
        smtp.answer("RCPT", "550 5.1.1 no such mailbox");
        assertThatThrownBy(this::send)
                .satisfies(refused ->
                        assertThat(Refusal.ofMail(refused).isPermanent()).isTrue());
    }
}
