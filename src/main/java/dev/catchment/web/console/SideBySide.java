package dev.catchment.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Two states beside each other, line by line or field by field. */
public final class SideBySide {
    /** Columns that say what became of a dataset here, not what its portal says of it. */
    private static final Set<String> OF_THE_HOUSE = Set.of(
            "content_hash",
            "first_seen_at",
            "changed_at",
            "last_changed_at",
            "retired_at",
            "retired_reason",
            "retired_run_id");

    private SideBySide() {}

    /**
     * A line of the page.
     *
     * @param name of the field; null for a line of a text
     * @param before null if there was nothing
     * @param after null if there is nothing
     */
    public record Line(String name, String before, String after) {
        public boolean isSame() {
            return before != null && before.equals(after);
        }

        public boolean isGap() {
            return before == null && after == null;
        }
    }

    /** Of a unified diff; a gap stands where lines that did not change are left out. */
    public static List<Line> ofDiff(String diff) {
        List<Line> lines = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        List<String> come = new ArrayList<>();
        for (String line : diff.split("\n", -1)) {
            if (line.startsWith("---") || line.startsWith("+++") || line.isEmpty() || line.startsWith("\\")) {
                continue;
            }
            String text = line.substring(1);
            switch (line.charAt(0)) {
                case '-' -> gone.add(text);
                case '+' -> come.add(text);
                default -> {
                    pair(gone, come, lines);
                    boolean isHunk = line.startsWith("@@");
                    lines.add(isHunk ? new Line(null, null, null) : new Line(null, text, text));
                }
            }
        }
        pair(gone, come, lines);
        return lines;
    }

    private static void pair(List<String> gone, List<String> come, List<Line> lines) {
        for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
            lines.add(new Line(null, i < gone.size() ? gone.get(i) : null, i < come.size() ? come.get(i) : null));
        }
        gone.clear();
        come.clear();
    }

    /** Of two objects: the fields that differ. */
    public static List<Line> ofFields(JsonNode before, JsonNode after) {
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name -> !OF_THE_HOUSE.contains(name))
                .map(name -> new Line(name, text(before.path(name)), text(after.path(name))))
                .filter(line -> !line.isSame() && !line.isGap())
                .toList();
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.isArray() && !value.isEmpty() && value.get(0).isTextual()) {
            List<String> words = new ArrayList<>();
            value.forEach(each -> words.add(each.asText()));
            return String.join(", ", words);
        }
        return value.isValueNode() ? value.asText() : value.toPrettyString();
    }
}
