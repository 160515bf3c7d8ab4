package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.mail.MailText;
import java.util.Map;
import java.util.function.Function;

/** The route of a subscription in words; what is not given is any. */
public final class RouteWords {
    private RouteWords() {}

    static String of(JsonNode subscription) {
        return of(field -> subscription.path(field).textValue());
    }

    /** @param row with origin, destination and visa_type */
    public static String of(Map<?, ?> row) {
        return of(row::get);
    }

    private static String of(Function<String, Object> fields) {
        Object visaType = fields.apply("visa_type");
        return MailText.line("from %s to %s, %s"
                .formatted(
                        country(fields.apply("origin")),
                        country(fields.apply("destination")),
                        visaType == null ? "any visa type" : "visa type " + visaType));
    }

    private static Object country(Object code) {
        return code == null ? "any country" : code;
    }
}
