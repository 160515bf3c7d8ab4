package dev.catchment.export;

import dev.catchment.text.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Rows that become one file of a lake. Which rows they are is in its name, so that a file of this name holds what it would hold if
 * it were made again: a state, once there, is never another one.
 *
 * @param since transaction since which they were written; null: all
 * @param rows how many
 * @param name the last part of the path of their file
 */
record LakePart(String content, Long sourceId, String source, Long since, long rows, String name) {
    private static final int DIGITS = 24;

    /** @param row of {@code export/list-lake-parts} @param madeBy what the form of files depends on */
    static LakePart of(Map<String, Object> row, String madeBy) {
        String content = (String) row.get("content");
        Object source = row.get("source_id");
        String rows = String.join("\n", madeBy, content, String.valueOf(source), (String) row.get("fingerprint"));
        return new LakePart(
                content,
                (Long) source,
                (String) row.get("source"),
                (Long) row.get("since"),
                (Long) row.get("rows"),
                Sha256.of(rows).substring(0, DIGITS) + ".parquet");
    }

    /** @param day when it is written */
    String path(String day) {
        return content + (source == null ? "" : "/source=" + source) + "/day=" + day + "/" + name;
    }

    /** Whether a file holds these rows. */
    boolean isIn(LakeFile file) {
        return file.content().equals(content) && Objects.equals(file.source(), source);
    }

    /** Of the statement that lists its rows. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("source_id", sourceId);
        parameters.put("since", since);
        return parameters;
    }
}
