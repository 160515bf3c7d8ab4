package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which sources keep failing, and why; what is held for them to look at; which recovered. */
final class OperatorsLetter {
    private final List<JsonNode> failing = new ArrayList<>();
    private final List<JsonNode> held = new ArrayList<>();
    private final List<JsonNode> recovered = new ArrayList<>();

    OperatorsLetter(JsonNode notices) {
        notices.forEach(notice -> of(text(notice, "kind")).add(notice));
    }

    Letter write() {
        MailBody body = new MailBody();
        if (!failing.isEmpty()) {
            body.heading("Keeps failing: changes go unnoticed");
            failing.forEach(notice -> body.item(text(notice, "source"), text(notice, "url"), words(notice)));
        }
        if (!held.isEmpty()) {
            body.heading("On hold: the text may be another page's; no alerts were sent");
            held.forEach(notice -> body.item(
                    text(notice, "source"),
                    text(notice, "url"),
                    text(notice, "cause") + ": " + text(notice, "detail")));
        }
        if (!recovered.isEmpty()) {
            body.heading("Recovered");
            recovered.forEach(notice -> body.item(
                    text(notice, "source"),
                    text(notice, "url"),
                    "Since " + MailMoment.of(text(notice, "created_at")) + "."));
        }
        body.paragraph("'catchment policy list' shows the state of every source.");
        return new Letter(subject(), body, null);
    }

    private String subject() {
        List<String> parts = new ArrayList<>();
        if (!failing.isEmpty()) {
            parts.add(failing.size() == 1 ? "1 source keeps failing" : failing.size() + " sources keep failing");
        }
        if (!held.isEmpty()) {
            parts.add(held.size() == 1 ? "1 source is held" : held.size() + " sources are held");
        }
        if (!recovered.isEmpty()) {
            parts.add(
                    recovered.size() + (parts.isEmpty() && recovered.size() == 1 ? " source recovered" : " recovered"));
        }
        return "Catchment: " + String.join(", ", parts);
    }

    private List<JsonNode> of(String kind) {
        return switch (kind) {
            case "failing" -> failing;
            case "held" -> held;
            default -> recovered;
        };
    }

    private static String words(JsonNode notice) {
        String since = text(notice, "failing_since");
        return "%s%s: %s"
                .formatted(
                        text(notice, "cause"),
                        since.isEmpty() ? "" : ", since " + MailMoment.of(since),
                        text(notice, "detail"));
    }

    private static String text(JsonNode notice, String field) {
        return notice.path(field).asText("");
    }
}
