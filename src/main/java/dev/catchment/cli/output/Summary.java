package dev.catchment.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The summary of a run, for people and for programs. */
public final class Summary {
    /** The fields of the JSON form, in their order. */
    public static final List<String> FIELDS =
            List.of(("run room flow scope mode status seen added updated unchanged retired restored "
                            + "rejected skipped bytes seconds cursor error note")
                    .split(" "));

    private static final ObjectMapper JSON = new ObjectMapper();

    private Summary() {}

    /** One JSON object with exactly {@link #FIELDS}. */
    public static String json(Map<String, Object> run) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        FIELDS.forEach(field -> ordered.put(field, run.get(field)));
        return write(ordered);
    }

    /** Any row as one JSON object; moments as ISO text. */
    public static String write(Map<String, Object> row) {
        try {
            return JSON.writeValueAsString(Moments.plain(row));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A few lines for people. */
    public static String text(Map<String, Object> run) {
        StringBuilder text = new StringBuilder("%s %s: %s".formatted(run.get("flow"), scope(run), run.get("status")));
        if (run.get("run") != null) {
            text.append(" (run " + run.get("run") + ")");
        } else if (!isRefused(run)) {
            text.append(" (a dry run: nothing was written)");
        }
        text.append(counts(run));
        text.append("  %,d bytes in %s seconds, cursor %s"
                .formatted(run.get("bytes"), run.get("seconds"), run.get("cursor")));
        for (String field : List.of("error", "note")) {
            if (run.get(field) != null) {
                text.append("%n  %s: %s".formatted(field, run.get(field)));
            }
        }
        return text.toString();
    }

    /** What the run was over; of a checksum the beginning says enough. */
    private static String scope(Map<String, Object> run) {
        String scope = String.valueOf(run.get("scope"));
        return scope.matches("[0-9a-f]{64}") ? scope.substring(0, 12) : scope;
    }

    /** What failed before a run of it began was no dry run. */
    private static boolean isRefused(Map<String, Object> run) {
        return "failed".equals(run.get("status")) && "full".equals(run.get("mode"));
    }

    private static String counts(Map<String, Object> run) {
        Object[] counts =
                List.of("seen", "added", "updated", "unchanged", "restored", "rejected", "skipped", "retired").stream()
                        .map(run::get)
                        .toArray();
        String retired = run.get("run") == null && !isRefused(run) ? "would retire" : "retired";
        return ("%n  seen %,d: added %,d, updated %,d, unchanged %,d, restored %,d, rejected %,d; skipped %,d; "
                        + retired + " %,d%n")
                .formatted(counts);
    }
}
