package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changed: first where, in a few lines, then how. */
final class AlertLetter {
    /** Places that a subject names; more are counted. */
    private static final int NAMED = 4;
    /** Of all diffs of a mail together, as a multiple of what is shown of one. */
    private static final int DIFFS = 8;

    private final JsonNode changes;
    private final JsonNode subscriptions;
    private final String addressToken;
    private final int mostOfADiff;

    /** @param mostOfADiff characters */
    AlertLetter(JsonNode content, int mostOfADiff) {
        this.changes = content.path("changes");
        this.subscriptions = content.path("subscriptions");
        this.addressToken = content.path("token").asText();
        this.mostOfADiff = Math.min(mostOfADiff, Math.max(200, mostOfADiff * DIFFS / Math.max(1, changes.size())));
    }

    Letter write(SubscriptionLinks links) {
        MailBody body = new MailBody();
        body.paragraph(counted() + ":");
        changes.forEach(change -> body.item(title(change), text(change, "url"), figures(change)));
        for (JsonNode change : changes) {
            body.heading(title(change)).diff(DiffExcerpt.of(text(change, "diff"), mostOfADiff));
            int all = change.path("diff_length").asInt();
            if (all > mostOfADiff) {
                body.paragraph("This is the beginning of a diff of %,d characters. The whole: %s"
                        .formatted(all, command(change)));
            }
        }
        body.heading("Why you receive this");
        links.toEnd(body, subscriptions, addressToken);
        return new Letter(subject(), body, links.unsubscribe(addressToken));
    }

    private String subject() {
        List<String> places = new ArrayList<>(places());
        String more = places.size() > NAMED ? " and %d more".formatted(places.size() - NAMED) : "";
        return "Catchment: %s (%s%s)"
                .formatted(counted(), String.join(", ", places.subList(0, Math.min(NAMED, places.size()))), more);
    }

    private String counted() {
        Set<String> sources = new LinkedHashSet<>();
        changes.forEach(change -> sources.add(text(change, "source_id")));
        return sources.size() == 1 ? "1 policy changed" : sources.size() + " policies changed";
    }

    /** A country with its visa type, or alone if there are several. */
    private List<String> places() {
        Map<String, Set<String>> types = new TreeMap<>();
        changes.forEach(change -> types.computeIfAbsent(text(change, "country"), country -> new TreeSet<>())
                .add(MailBody.line(text(change, "visa_type"))));
        List<String> places = new ArrayList<>();
        types.forEach((country, of) ->
                places.add(of.size() == 1 ? country + " " + of.iterator().next() : country));
        return places;
    }

    private static String title(JsonNode change) {
        return "%s %s: %s".formatted(text(change, "country"), text(change, "visa_type"), text(change, "source"));
    }

    private static String figures(JsonNode change) {
        return "Seen %s; the text had %,d characters and has %,d."
                .formatted(
                        MailMoment.of(text(change, "detected_at")),
                        change.path("old_length").asInt(),
                        change.path("new_length").asInt());
    }

    /** By its id: a name may hold what a shell would run. */
    private static String command(JsonNode change) {
        String versions = change.path("old_sequence").isInt()
                ? " %d %d"
                        .formatted(
                                change.path("old_sequence").asInt(),
                                change.path("new_sequence").asInt())
                : "";
        return "catchment policy diff " + text(change, "source_id") + versions;
    }

    private static String text(JsonNode change, String field) {
        return change.path(field).asText("");
    }
}
