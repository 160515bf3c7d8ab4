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
        if (counted != null) {
            long keys = number(counted, "keys");
            long conflicts = number(counted, "conflicts");
            long duplicates = number(counted, "duplicates");
            if (conflicts > 0 || duplicates > 0) {
                against.add(
                        "%,d rows came with %,d keys: %,d came twice with the same content and %,d with another (conflicting-duplicate in the rejects), so that other records may have been pushed out of sight"
                                .formatted(rows, keys, duplicates, conflicts));
            }
        }
        String reason = against.isEmpty() ? null : String.join("; ", against);
        if (reason == null) {
            walk.trustEnd();
        } else {
            walk.doubtEnd("The walk is not proven complete: %s. Nothing was retired.".formatted(reason));
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

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
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
        row.put("skipped", 0);
        row.put("is_complete", walk.isComplete());
        row.put("reason", walk.isComplete() ? null : walk.whyIncomplete());
        Map<String, Object> parameters = of(walk);
        parameters.put("walk", BatchJson.text(row));
        return parameters;
    }

    private static Long positive(long number) {
        return number > 0 ? number : null;
    }
}
