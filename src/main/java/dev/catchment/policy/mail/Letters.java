package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.text.Templates;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.Map;

/** Writes a message as a mail. */
public final class Letters {
    private final InternetAddress from;
    private final SubscriptionLinks links;
    private final int mostOfADiff;

    /**
     * @param linksUrl public address of the pages to confirm and to end a subscription, blank if there are none
     * @param mostOfADiff characters
     */
    public Letters(MailAddresses addresses, String linksUrl, int mostOfADiff) {
        this.from = addresses.from();
        this.links = new SubscriptionLinks(linksUrl);
        this.mostOfADiff = mostOfADiff;
    }

    /** @throws MessagingException if an address is none */
    public MimeMessage write(ClaimedMessage outgoing) throws MessagingException {
        Letter letter = letter(outgoing.kind(), outgoing.content());
        MimeMessage mail = new MailWithId(outgoing.messageId());
        mail.setFrom(from);
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
        mail.setContent(parts("policy/" + outgoing.kind() + ".jte", Map.of("letter", letter)));
        return mail;
    }

    private Letter letter(String kind, JsonNode content) {
        return switch (kind) {
            case "alerts" -> AlertLetter.of(content, mostOfADiff, links);
            case "confirmation" ->
                ConfirmationLetter.of(content.path("subscriptions").path(0), links);
            default -> OperatorsLetter.of(content.path("notices"));
        };
    }

    private static MimeMultipart parts(String template, Map<String, Object> letter) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(Templates.text(template, letter), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(Templates.html(template, letter), "UTF-8", "html");
        return new MimeMultipart("alternative", plain, html);
    }
}
