package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether the owner of an address wants what was asked for in its name. */
final class ConfirmationLetter {
    private ConfirmationLetter() {}

    static Letter write(JsonNode subscription, SubscriptionLinks links) {
        MailBody body = new MailBody();
        body.paragraph("This address was given to receive alerts when official pages about a route change: "
                + RouteWords.of(subscription) + ".");
        links.toConfirm(body, subscription);
        body.paragraph("If you did not ask for this, do nothing: you will get no further mail.");
        return new Letter("Catchment: please confirm your subscription", body, null);
    }
}
