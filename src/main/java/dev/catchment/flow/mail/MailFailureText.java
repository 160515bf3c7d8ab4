package dev.catchment.flow.mail;

import dev.catchment.errors.FailureText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** What went wrong with the mail server, in a sentence for operators. */
final class MailFailureText {
    private MailFailureText() {}

    /** Why it did not let us in. */
    static String ofConnection(MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return "The mail server rejected the login (policy.mail.user, SMTP_PASSWORD): " + line(failure);
        }
        IOException beneath = beneath(failure);
        if (beneath instanceof SocketTimeoutException) {
            return "The mail server did not answer in time. It is unreachable, or policy.mail.timeout is too short.";
        }
        return beneath == null
                ? "The mail server rejected the connection (check policy.mail.security): " + line(failure)
                : "The mail server cannot be reached. "
                        + FailureText.of(beneath, "policy.mail.host or policy.mail.port");
    }

    /** Why it did not take a mail. */
    static String ofMail(Throwable failure) {
        IOException beneath = beneath(failure);
        return beneath == null
                ? "The mail server rejected the mail: " + line(failure)
                : "The mail server closed the connection while accepting the mail: " + line(beneath);
    }

    private static IOException beneath(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return (IOException) cause;
    }

    static String line(Throwable failure) {
        String said = failure.getMessage();
        return said == null || said.isBlank()
                ? failure.getClass().getSimpleName()
                : said.strip().replaceAll("\\s+", " ");
    }
}
