package dev.catchment.flow.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** A mail that keeps the Message-ID it was given: whoever gets it twice can tell. */
final class MailWithId extends MimeMessage {
    private final String id;

    /** @param id without its angle brackets */
    MailWithId(String id) {
        super((Session) null);
        this.id = id;
    }

    /** Called whenever the mail is put into its final form; the inherited one makes a new id each time. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + id + ">");
    }
}
