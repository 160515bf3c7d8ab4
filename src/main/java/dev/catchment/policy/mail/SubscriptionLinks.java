package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Where a reader confirms a subscription or ends it. */
final class SubscriptionLinks {
    private final String url;

    /** @param url public address of the pages, blank if there are none */
    SubscriptionLinks(String url) {
        this.url = url.strip().replaceFirst("/+$", "");
    }

    /** The page that ends all subscriptions of an address: as short for many as for one. Null if there are no pages. */
    String unsubscribe(String addressToken) {
        return page("unsubscribe", addressToken);
    }

    private String page(String verb, String token) {
        return url.isEmpty() ? null : "%s/%s/%s".formatted(url, verb, token);
    }

    SubscriptionStep toConfirm(JsonNode subscription) {
        return step("To confirm", "confirm", subscription.path("token").asText());
    }

    List<SubscriptionStep> toEnd(JsonNode subscriptions, String addressToken) {
        List<SubscriptionStep> steps = new ArrayList<>();
        for (JsonNode subscription : subscriptions) {
            String aim = "To end your subscription " + RouteWords.of(subscription);
            steps.add(step(aim, "unsubscribe", subscription.path("token").asText()));
        }
        if (subscriptions.size() > 1) {
            steps.add(step("To end all your subscriptions", "unsubscribe", addressToken));
        }
        return steps;
    }

    private SubscriptionStep step(String aim, String verb, String token) {
        return new SubscriptionStep(aim, page(verb, token), "catchment policy %s %s".formatted(verb, token));
    }
}
