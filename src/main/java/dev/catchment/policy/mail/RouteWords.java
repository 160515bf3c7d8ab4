package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;

/** The route of a subscription in words; what is not given is any. */
final class RouteWords {
    private RouteWords() {}

    static String of(JsonNode subscription) {
        return of(text(subscription, "origin"), text(subscription, "destination"), text(subscription, "visa_type"));
    }

    /** @param row with origin, destination and visa_type */
    static String of(Map<?, ?> row) {
        return of(row.get("origin"), row.get("destination"), row.get("visa_type"));
    }

    private static Object text(JsonNode subscription, String field) {
        return subscription.path(field).textValue();
    }

    private static String of(Object origin, Object destination, Object visaType) {
        return "from %s to %s, %s"
                .formatted(
                        Objects.requireNonNullElse(origin, "any country"),
                        Objects.requireNonNullElse(destination, "any country"),
                        visaType == null ? "any visa type" : "visa type " + visaType);
    }
}
