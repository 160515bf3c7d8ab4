package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;

/** The route of a subscription in words; what is not given is any. */
final class RouteWords {
    private RouteWords() {}

    static String of(JsonNode subscription) {
        return "from %s to %s, %s"
                .formatted(
                        subscription.path("origin").asText("any country"),
                        subscription.path("destination").asText("any country"),
                        subscription.path("visa_type").isTextual()
                                ? "visa type " + subscription.path("visa_type").asText()
                                : "any visa type");
    }
}
