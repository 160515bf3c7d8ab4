package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.mail.Letter;
import dev.catchment.flow.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changed: first where, in a few lines, then how. */
public record AlertLetter(List<Change> changes, List<SubscriptionStep> endings, String unsubscribe) implements Letter {
    /** Places that a subject names; more are counted. */
    private static final int NAMED = 4;
    /** Of all diffs of a mail together, as a multiple of what is shown of one. */
    private static final int DIFFS = 8;

    /**
     * @param source its id
     * @param excerpt of the diff, as much as is shown
     * @param length of the whole diff, in characters
     * @param command that shows the whole
     */
    public record Change(
            String source,
            String country,
            String visaType,
            String title,
            String url,
            String figures,
            String excerpt,
            String length,
            boolean isCut,
            String command) {

        static Change of(JsonNode row, int mostOfADiff) {
            String country = MailText.line(row, "country");
            String visaType = MailText.line(row, "visa_type");
            int length = row.path("diff_length").asInt();
            return new Change(
                    MailText.line(row, "source_id"),
                    country,
                    visaType,
                    "%s %s: %s".formatted(country, visaType, MailText.line(row, "source")),
                    MailText.line(row, "url"),
                    figures(row),
                    MailText.visible(DiffExcerpt.of(row.path("diff").asText(""), mostOfADiff))
                            .stripTrailing(),
                    "%,d".formatted(length),
                    length > mostOfADiff,
                    command(row));
        }

        private static String figures(JsonNode row) {
            return "Seen %s; the text had %,d characters and has %,d."
                    .formatted(
                            MailText.moment(row.path("detected_at").asText()),
                            row.path("old_length").asInt(),
                            row.path("new_length").asInt());
        }

        /** By its id: a name may hold what a shell would run. */
        private static String command(JsonNode row) {
            String command = "catchment policy diff " + MailText.line(row, "source_id");
            return row.path("old_sequence").isInt()
                    ? "%s %s %s".formatted(command, row.get("old_sequence"), row.get("new_sequence"))
                    : command;
        }

        public List<String> lines() {
            return excerpt.lines().toList();
        }
    }

    /** @param mostOfADiff characters */
    static AlertLetter of(JsonNode content, int mostOfADiff, SubscriptionLinks links) {
        JsonNode rows = content.path("changes");
        int most = Math.min(mostOfADiff, Math.max(200, mostOfADiff * DIFFS / Math.max(1, rows.size())));
        List<Change> changes = new ArrayList<>();
        rows.forEach(row -> changes.add(Change.of(row, most)));
        String token = content.path("token").asText();
        return new AlertLetter(changes, links.toEnd(content.path("subscriptions"), token), links.unsubscribe(token));
    }

    @Override
    public String subject() {
        List<String> places = places();
        String more = places.size() > NAMED ? " and %d more".formatted(places.size() - NAMED) : "";
        return "Catchment: %s (%s%s)"
                .formatted(counted(), String.join(", ", places.subList(0, Math.min(NAMED, places.size()))), more);
    }

    public String counted() {
        long sources = changes.stream().map(Change::source).distinct().count();
        return sources == 1 ? "1 policy changed" : sources + " policies changed";
    }

    /** A country with its visa type, or alone if there are several. */
    private List<String> places() {
        Map<String, Set<String>> types = new TreeMap<>();
        changes.forEach(change -> types.computeIfAbsent(change.country(), country -> new TreeSet<>())
                .add(change.visaType()));
        List<String> places = new ArrayList<>();
        types.forEach((country, of) ->
                places.add(of.size() == 1 ? country + " " + of.iterator().next() : country));
        return places;
    }
}
