package dev.catchment.policy.mail;

import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/** Who logs in at the mail server. The password goes into that login and nowhere else. */
public final class SmtpLogin extends MailAuthenticator {
    private final String user;
    private final String password;

    /** @param user blank if nobody logs in; the password is that of the environment, SMTP_PASSWORD */
    public SmtpLogin(String user) {
        this(user, System.getenv("SMTP_PASSWORD"));
    }

    SmtpLogin(String user, String password) {
        this.user = user.isBlank() ? null : user;
        this.password = password;
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
