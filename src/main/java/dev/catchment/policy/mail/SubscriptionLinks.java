package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a reader confirms a subscription or ends it; without public pages, what they ask for instead. */
final class SubscriptionLinks {
    private final String url;

    /** @param url public address of the pages, blank if there are none */
    SubscriptionLinks(String url) {
        this.url = url.strip().replaceFirst("/+$", "");
    }

    private boolean areThere() {
        return !url.isEmpty();
    }

    /** The page that ends all subscriptions of an address: as short for many as for one. Null if there are no pages. */
    String unsubscribe(String addressToken) {
        return areThere() ? url + "/unsubscribe/" + addressToken : null;
    }

    void toConfirm(MailBody letter, JsonNode subscription) {
        String token = subscription.path("token").asText();
        if (areThere()) {
            letter.link("To confirm, open this page and press the button:", url + "/confirm/" + token);
        } else {
            letter.paragraph("To confirm, reply to this mail and keep this line in it, which the operators will run:")
                    .paragraph("catchment policy confirm " + token);
        }
    }

    void toEnd(MailBody letter, JsonNode subscriptions, String addressToken) {
        for (JsonNode subscription : subscriptions) {
            String what = "To end your subscription " + RouteWords.of(subscription) + ", ";
            toEnd(letter, what, subscription.path("token").asText());
        }
        if (subscriptions.size() > 1) {
            toEnd(letter, "To end all your subscriptions, ", addressToken);
        }
    }

    private void toEnd(MailBody letter, String what, String token) {
        if (areThere()) {
            letter.link(what + "open this page and press the button:", url + "/unsubscribe/" + token);
        } else {
            letter.paragraph(what + "reply to this mail and keep this line in it, which the operators will run:")
                    .paragraph("catchment policy unsubscribe " + token);
        }
    }
}
