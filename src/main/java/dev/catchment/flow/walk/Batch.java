package dev.catchment.flow.walk;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.catchment.flow.BatchJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The records of one page, ready for one statement: each key once, and what had to be refused. */
public final class Batch {
    private final Map<String, RecordOutcome.Accepted> accepted = new LinkedHashMap<>();
    private final List<RecordOutcome.Rejected> rejected = new ArrayList<>();
    private final boolean namesConflicts;
    private int skipped;

    /** @param namesConflicts whether a record whose key another one of the page has, with other content, is told as a reject */
    Batch(boolean namesConflicts) {
        this.namesConflicts = namesConflicts;
    }

    void add(RecordOutcome outcome) {
        if (outcome instanceof RecordOutcome.Rejected refused) {
            rejected.add(refused);
            return;
        }
        RecordOutcome.Accepted one = (RecordOutcome.Accepted) outcome;
        RecordOutcome.Accepted other = accepted.get(one.record().id());
        if (other == null) {
            accepted.put(one.record().id(), one);
            return;
        }
        RecordOutcome.Accepted older = one.isNewerThan(other) ? other : one;
        accepted.put(one.record().id(), older == one ? other : one);
        if (namesConflicts && !one.record().contentHash().equals(other.record().contentHash())) {
            rejected.add(older.conflicting());
        } else {
            skipped++;
        }
    }

    /** The keys that were there, those of rejected records too. */
    Set<String> seen() {
        Set<String> seen = new HashSet<>(accepted.keySet());
        rejected.stream()
                .map(RecordOutcome.Rejected::key)
                .filter(Objects::nonNull)
                .forEach(seen::add);
        return seen;
    }

    int accepted() {
        return accepted.size();
    }

    int rejected() {
        return rejected.size();
    }

    int skipped() {
        return skipped;
    }

    /** The records as a JSON array in UTF-8: their columns, and which of the raw bytes are theirs, counted from 1. */
    byte[] records() {
        List<Row> rows = new ArrayList<>(accepted.size());
        int from = 1;
        for (RecordOutcome.Accepted each : accepted.values()) {
            rows.add(new Row(each.record(), from, each.raw().length()));
            from += each.raw().length();
        }
        return BatchJson.bytes(rows);
    }

    /** The raw records, one after the other: nobody has to write or read them as part of other JSON. */
    byte[] raws() {
        ByteBuffer raws = ByteBuffer.allocate(
                accepted.values().stream().mapToInt(each -> each.raw().length()).sum());
        accepted.values()
                .forEach(each -> raws.put(
                        each.raw().page(), each.raw().offset(), each.raw().length()));
        return raws.array();
    }

    /** @param page its number in the run */
    String rejects(int page) {
        return BatchJson.text(rejected.stream().map(each -> each.row(page)).toList());
    }

    private record Row(@JsonUnwrapped RecordJudge.Good record, int rawFrom, int rawLength) {}
}
