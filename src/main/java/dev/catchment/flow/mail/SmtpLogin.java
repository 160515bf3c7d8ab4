package dev.catchment.flow.mail;

import dev.catchment.flow.Secrets;
import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/**
 * Who logs in at the mail server. The password is that of the environment, SMTP_PASSWORD; it goes into that login and
 * nowhere else.
 */
public final class SmtpLogin extends MailAuthenticator {
    private final String password;
    private String user;

    public SmtpLogin(Secrets secrets) {
        this(secrets.get("SMTP_PASSWORD"));
    }

    SmtpLogin(String password) {
        this.password = password;
    }

    /** @param user blank if nobody logs in */
    public void setUser(String user) {
        this.user = user.isBlank() ? null : user;
    }

    boolean isWanted() {
        return user != null;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(user, user == null ? null : password);
    }

    @Override
    public String toString() {
        return isWanted() ? "a login" : "no login";
    }
}
