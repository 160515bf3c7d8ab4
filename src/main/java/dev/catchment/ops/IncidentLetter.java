package dev.catchment.ops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.mail.Letter;
import dev.catchment.flow.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What began and what is over.
 *
 * @param groups how many of which kind, where more began than are named
 * @param unnamed how many began and are not named
 * @param unnamedRecovered how many are over and are not named
 */
public record IncidentLetter(
        String subject,
        List<String> groups,
        List<Incident> opened,
        long unnamed,
        List<Incident> recovered,
        long unnamedRecovered)
        implements Letter {
    private static final Map<String, String> CAUSES = Map.of(
            "failed", "The last run failed",
            "partial", "The last run was partial",
            "held", "A person has to decide",
            "overdue", "No run came",
            "flapping", "Records go and return",
            "dead", "It has failed for long");

    /** @param words what happened, and since when @param command that shows it */
    public record Incident(String scope, String words, String detail, String command) {
        static Incident of(JsonNode row) {
            String cause = MailText.line(row, "cause");
            return new Incident(
                    scopeOf(row),
                    "%s, since %s"
                            .formatted(CAUSES.getOrDefault(cause, cause), MailText.moment(MailText.line(row, "since"))),
                    MailText.line(row, "detail"),
                    row.path("run").isIntegralNumber()
                            ? "catchment runs " + row.get("run")
                            : "catchment runs --room %s --since 7d".formatted(MailText.line(row, "room")));
        }

        static Incident over(JsonNode row) {
            return new Incident(
                    scopeOf(row), "Since " + MailText.moment(MailText.line(row, "closed_at")) + ".", "", "");
        }

        private static String scopeOf(JsonNode row) {
            return Stream.of("room", "flow", "scope")
                    .map(field -> MailText.line(row, field))
                    .reduce("%s/%s"::formatted)
                    .orElseThrow();
        }
    }

    static IncidentLetter of(JsonNode content) {
        List<Incident> opened = stream(content, "opened").map(Incident::of).toList();
        List<Incident> recovered =
                stream(content, "recovered").map(Incident::over).toList();
        long all = content.path("opened_count").asLong();
        long allRecovered = content.path("recovered_count").asLong();
        List<String> groups = stream(content, "groups")
                .map(group -> "%,d %s in %s"
                        .formatted(
                                group.path("incidents").asLong(),
                                MailText.line(group, "cause"),
                                MailText.line(group, "room")))
                .toList();
        return new IncidentLetter(
                subject(stream(content, "opened").toList(), all, groups, recovered, allRecovered),
                all > opened.size() ? groups : List.of(),
                opened,
                all - opened.size(),
                recovered,
                allRecovered - recovered.size());
    }

    private static Stream<JsonNode> stream(JsonNode content, String list) {
        return StreamSupport.stream(content.path(list).spliterator(), false);
    }

    private static String subject(
            List<JsonNode> opened, long all, List<String> groups, List<Incident> recovered, long allRecovered) {
        List<String> parts = new ArrayList<>();
        if (all == 1) {
            parts.add(Incident.scopeOf(opened.get(0)) + " " + MailText.line(opened.get(0), "cause"));
        } else if (all > 1) {
            parts.add("%,d incidents (%s)".formatted(all, String.join(", ", groups)));
        }
        if (allRecovered == 1) {
            parts.add(recovered.get(0).scope() + " recovered");
        } else if (allRecovered > 1) {
            parts.add("%,d recovered".formatted(allRecovered));
        }
        return "Catchment: " + String.join(", ", parts);
    }
}
