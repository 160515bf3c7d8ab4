package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.mail.Letter;

/** Whether the owner of an address wants what was asked for in its name. */
public record ConfirmationLetter(String route, SubscriptionStep confirming) implements Letter {
    static ConfirmationLetter of(JsonNode subscription, SubscriptionLinks links) {
        return new ConfirmationLetter(RouteWords.of(subscription), links.toConfirm(subscription));
    }

    @Override
    public String subject() {
        return "Catchment: please confirm your subscription";
    }
}
