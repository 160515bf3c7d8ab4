package dev.catchment.flow.mail;

import dev.catchment.text.Templates;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.Map;

/** Writes a letter as a mail, by the template that is named for the room and the kind of its message. */
public final class MailWriter {
    private final MailAddresses addresses;

    public MailWriter(MailAddresses addresses) {
        this.addresses = addresses;
    }

    /** @throws MessagingException if an address is none */
    public MimeMessage write(ClaimedMessage outgoing, Letter letter) throws MessagingException {
        MimeMessage mail = new MailWithId(outgoing.messageId());
        mail.setFrom(addresses.from());
        mail.setRecipients(RecipientType.TO, MailAddresses.of(outgoing.recipient()));
        mail.setSubject(MailText.line(letter.subject()), "UTF-8");
        mail.setSentDate(new Date());
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (letter.unsubscribe() != null) {
            mail.setHeader("List-Unsubscribe", "<" + letter.unsubscribe() + ">");
            // RFC 8058 wants https: what a mail program asks for by itself, nobody else shall see.
            if (letter.unsubscribe().startsWith("https:")) {
                mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            }
        }
        mail.setContent(parts(outgoing.room() + "/" + outgoing.kind() + ".jte", Map.of("letter", letter)));
        return mail;
    }

    private static MimeMultipart parts(String template, Map<String, Object> letter) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(Templates.text(template, letter), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(Templates.html(template, letter), "UTF-8", "html");
        return new MimeMultipart("alternative", plain, html);
    }
}
