package dev.catchment.flow.mail;

import dev.catchment.errors.Cause;
import dev.catchment.errors.FatalFailure;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Why a message did not go out, judged by codes (of SMTP those of RFC 5321, 4.2.1), not by words.
 *
 * @param isPermanent it would be refused again: 5xx of the recipient or of the content
 * @param isDown it is not about this mail: the server is out of reach, or does not want our address as a sender
 * @param retryAfter how long the server wants to be left alone; null if it does not say so
 */
public record Refusal(String words, boolean isPermanent, boolean isDown, Duration retryAfter) {
    public Refusal(String words, boolean isPermanent, boolean isDown) {
        this(words, isPermanent, isDown, null);
    }

    /** Of a mail. */
    public static Refusal ofMail(Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof FatalFailure) {
            return new Refusal(cause.getMessage(), false, true);
        }
        if (cause instanceof AddressException) {
            return new Refusal(MailFailureText.ofMail(cause), true, false);
        }
        SMTPAddressFailedException address = find(cause, SMTPAddressFailedException.class);
        if (address != null) {
            return new Refusal(MailFailureText.ofMail(address), isPermanent(address.getReturnCode()), false);
        }
        SMTPSendFailedException mail = find(cause, SMTPSendFailedException.class);
        if (mail == null) {
            return new Refusal(MailFailureText.ofMail(cause), false, false);
        }
        boolean isOfSender = mail.getCommand().startsWith("MAIL");
        return new Refusal(MailFailureText.ofMail(mail), !isOfSender && isPermanent(mail.getReturnCode()), isOfSender);
    }

    /** Who was not refused for good, when nothing but recipients was refused; all of them if anything else went wrong, or some for now. */
    static List<Address> others(SendFailedException failure, List<Address> all) {
        List<Address> others = new ArrayList<>(all);
        for (Exception link = failure; link instanceof MessagingException said; link = said.getNextException()) {
            if (said instanceof SMTPAddressFailedException address) {
                if (!isPermanent(address.getReturnCode())) {
                    return all;
                }
                others.remove(address.getAddress());
            } else if (said instanceof SMTPSendFailedException mail
                    && !mail.getCommand().startsWith("RCPT")) {
                return all;
            }
        }
        return others;
    }

    private static boolean isPermanent(int code) {
        return code >= 500 && code < 600;
    }

    /** In the chain of what was said of one mail; of several refused addresses one that is refused for now, for it is waited for. */
    private static <T extends MessagingException> T find(Throwable failure, Class<T> type) {
        T found = null;
        Throwable link = failure;
        while (link instanceof MessagingException said) {
            if (type.isInstance(said) && (found == null || isForNow(said))) {
                found = type.cast(said);
            }
            link = said.getNextException();
        }
        return found;
    }

    private static boolean isForNow(MessagingException said) {
        return said instanceof SMTPAddressFailedException address && !isPermanent(address.getReturnCode());
    }
}
