package dev.catchment.names;

import dev.catchment.flow.RunOrder;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import java.util.Map;

/**
 * A claimed job with what it needs to know of its file.
 *
 * @param row of {@code names/open-next-job}
 */
public record ClaimedJob(Map<String, Object> row) {
    String text(String column) {
        return row.get(column) == null ? null : row.get(column).toString();
    }

    int attempt() {
        return ((Number) row.get("attempt")).intValue();
    }

    long bytes() {
        return (Long) row.get("file_size");
    }

    /** Whether whoever brought it vouches for the gender of its figures. */
    boolean isGenderSettled() {
        return (Boolean) row.get("is_forced") || (Boolean) row.get("is_gender_said");
    }

    Publication publication() {
        String gender = text("gender");
        return new Publication(
                text("format"),
                text("source"),
                text("region"),
                text("entry"),
                (Integer) row.get("year"),
                gender == null ? null : Gender.valueOf(gender));
    }

    /** What the log and the bar call it. */
    public String name() {
        return text("entry") == null ? text("filename") : text("filename") + "!" + text("entry");
    }

    public RunOrder run() {
        return RunOrder.whole("names", "load", text("dataset_id"), text("job_type"), false);
    }
}
