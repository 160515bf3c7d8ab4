package dev.catchment.harvest;

import dev.catchment.flow.BatchJson;
import dev.catchment.flow.walk.ActiveWalk;
import dev.catchment.flow.walk.DocumentWalk;
import dev.catchment.flow.walk.PagedWalk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a walk proves. It is complete if it came to the end of its source, if as many rows came as the source announces, and
 * if each of them has a key of its own: a key that came twice may have pushed another record out of sight. All is counted in
 * raw rows, before anything was dropped.
 */
public final class WalkProof {
    /** The parameters of {@code harvest/count-walk}. */
    public Map<String, Object> of(ActiveWalk walk) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("source", walk.source().id());
        return parameters;
    }

    /** Judges a walk at its end. @param counted row of {@code harvest/count-walk}; null for a dry run */
    public void judge(ActiveWalk walk, Map<String, Object> counted) {
        List<String> against = new ArrayList<>();
        long rows = rows(walk);
        long announced = announced(walk);
        if (walk.walk() instanceof PagedWalk paged && "window".equals(paged.endedBy())) {
            against.add("the source shows no more than %,d records, and its kind does not say how to go on beyond them"
                    .formatted(walk.source().kind().page().window()));
        }
        if (announced > rows) {
            against.add("%,d rows came and %,d were announced".formatted(rows, announced));
        }
        if (walk.walk().skipped() > 0) {
            against.add("%,d rows could not be had, for each page with them failed"
                    .formatted(walk.walk().skipped()));
        }
        if (walk.walk() instanceof PagedWalk paged && paged.mayHaveShifted()) {
            against.add(
                    "%,d records were announced at first and %,d in the end, so that others may have moved to pages that had come"
                            .formatted(paged.firstTotal(), paged.lastTotal()));
        }
        if (counted != null
                && rows == 0
                && number(counted, "held") > 0
                && walk.order().since() == null) {
            against.add("the source shows nothing, and %,d datasets are held of it".formatted(number(counted, "held")));
        }
        if (counted != null) {
            duplicates(walk, rows, counted, against);
            keyless(walk, rows, counted, against);
        }
        String reason = against.isEmpty() ? null : String.join("; ", against);
        if (reason == null) {
            walk.trustEnd();
        } else {
            walk.doubtEnd("The walk is not proven complete: %s. Nothing was retired.".formatted(reason));
        }
    }

    /** What stands twice in one document, or on one page, pushed nothing out of sight: it is said, and proves nothing. */
    private static void duplicates(ActiveWalk walk, long rows, Map<String, Object> counted, List<String> against) {
        long conflicts = number(counted, "conflicts");
        long duplicates = number(counted, "duplicates");
        String apart =
                "%,d rows came with %,d keys: %,d came twice with the same content and %,d with another (conflicting-duplicate in the rejects)"
                        .formatted(rows, number(counted, "keys"), duplicates, conflicts);
        if (conflicts + duplicates > 0 && walk.walk() instanceof PagedWalk) {
            against.add(apart + ", so that other records may have been pushed out of sight");
        } else if (conflicts + duplicates > 0) {
            walk.note(apart + ".");
        }
        if (walk.walk().twins() > 0) {
            walk.note(
                    "%,d rows came with a key that another row of their page has (conflicting-duplicate in the rejects, where the content is another)."
                            .formatted(walk.walk().twins()));
        }
    }

    /** What came without a key that can be read may be just what was not seen. */
    private static void keyless(ActiveWalk walk, long rows, Map<String, Object> counted, List<String> against) {
        long keyless = rows
                - number(counted, "keys")
                - number(counted, "duplicates")
                - number(counted, "conflicts")
                - walk.walk().twins();
        long unseen = number(counted, "unseen");
        if (keyless > 0 && unseen > 0 && walk.order().since() == null) {
            against.add(
                    "%,d rows came without a key that can be read, and may be among the %,d datasets that were not seen"
                            .formatted(keyless, unseen));
        }
    }

    private static long rows(ActiveWalk walk) {
        return walk.walk() instanceof DocumentWalk document
                ? document.rowsOfPass()
                : walk.walk().rows();
    }

    private static long announced(ActiveWalk walk) {
        return walk.walk() instanceof PagedWalk paged ? paged.lastTotal() : 0;
    }

    /** 0 where nobody counted it. */
    private static long number(Map<String, Object> row, String column) {
        return row.get(column) == null ? 0 : ((Number) row.get(column)).longValue();
    }

    /** The parameters of {@code harvest/insert-walk}. @param counted row of {@code harvest/count-walk} */
    public Map<String, Object> row(ActiveWalk walk, Map<String, Object> counted) {
        Map<String, Object> row = new LinkedHashMap<>();
        if (walk.walk() instanceof PagedWalk paged) {
            row.put("first_total", positive(paged.firstTotal()));
            row.put("last_total", positive(paged.lastTotal()));
            row.put("ended_by", paged.endedBy());
        } else if (walk.walk().isAtEnd()) {
            row.put("ended_by", "end-of-document");
        }
        row.put("rows", rows(walk));
        for (String count : List.of("keys", "duplicates", "conflicts")) {
            row.put(count, counted.get(count));
        }
        row.put("repeated", 0);
        row.put("shrunk", walk.shrunk());
        row.put("skipped", walk.walk().skipped());
        row.put("is_complete", walk.isProven());
        row.put("reason", walk.whyIncomplete());
        Map<String, Object> parameters = of(walk);
        parameters.put("walk", BatchJson.text(row));
        return parameters;
    }

    private static Long positive(long number) {
        return number > 0 ? number : null;
    }
}
