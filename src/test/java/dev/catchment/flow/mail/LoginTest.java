package dev.catchment.flow.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.catchment.errors.FatalFailure;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may hand a mail over, and to whom the password is shown. */
class LoginTest {
    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });

    @BeforeEach
    void start() {
        server.setUser("watch@catchment.example", "watch", "s3cret");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static MimeMessage mail() throws Exception {
        MimeMessage mail = new MailWithId("1@b.example");
        mail.setFrom("watch@catchment.example");
        mail.setRecipients(RecipientType.TO, MailAddresses.of("reader@people.example"));
        mail.setText("Hello.");
        return mail;
    }

    private static SmtpLogin login(String user, String password) {
        SmtpLogin login = new SmtpLogin(password);
        login.setUser(user);
        return login;
    }

    private MailServer server(String security, int port, SmtpLogin login) {
        return new MailServer("127.0.0.1", port, security, 5_000, login);
    }

    @Test
    void the_right_password_lets_the_mail_in() throws Exception {
        server("none", server.getSmtp().getPort(), login("watch", "s3cret")).send(mail());
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_wrong_password_holds_all_mails_up_and_is_named_nowhere() throws Exception {
        SmtpLogin login = login("watch", "wr0ng");
        MimeMessage mail = mail();
        MailServer refused = server("none", server.getSmtp().getPort(), login);
        assertThatThrownBy(() -> refused.send(mail))
                .isInstanceOf(FatalFailure.class)
                .hasMessageContaining("policy.mail.user, SMTP_PASSWORD")
                .satisfies(
                        failure -> assertThat(Refusal.ofMail(failure).isDown()).isTrue())
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("535"))
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("wr0ng"));
        assertThat(login.toString() + refused).doesNotContain("wr0ng");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_certificate_nobody_vouches_for_is_not_trusted() throws Exception {
        MimeMessage mail = mail();
        MailServer untrusted = server("tls", server.getSmtps().getPort(), login("watch", "s3cret"));
        assertThatThrownBy(() -> untrusted.send(mail))
                .isInstanceOf(FatalFailure.class)
                .hasMessageContaining("certificate");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void without_a_user_nobody_logs_in() {
        assertThatCode(() -> server("none", server.getSmtp().getPort(), login("", "s3cret"))
                        .send(mail()))
                .doesNotThrowAnyException();
        assertThat(login("", "s3cret").getPasswordAuthentication().getPassword())
                .isNull();
    }
}
