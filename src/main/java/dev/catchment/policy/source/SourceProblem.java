package dev.catchment.policy.source;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a file of sources is not imported.
 *
 * @param entry counted from 1
 * @param line on which the entry begins
 * @param value as it was written, cut where it is long; empty if there is none
 * @param problem a sentence: what is wrong with which value, and what is allowed
 */
public record SourceProblem(int entry, int line, String field, String value, String problem) {
    private static final int LONGEST = 80;

    static SourceProblem of(SourceEntry entry, String field, String value, String allowed) {
        String what = value.isEmpty() ? field + " is missing." : "%s=%s is not allowed.".formatted(field, cut(value));
        return told(entry, field, value, "%s Allowed: %s.".formatted(what, allowed));
    }

    static SourceProblem told(SourceEntry entry, String field, String value, String problem) {
        return new SourceProblem(entry.number(), entry.line(), field, cut(value), problem);
    }

    /** What is shown of a value: no control character and no password reaches a terminal. */
    private static String cut(String value) {
        String plain = value.replaceAll("\\p{Cntrl}+", " ")
                .replaceAll("(?<=//)[^/?#]*@", "…@")
                .strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    /** For people. */
    @Override
    public String toString() {
        return "entry %d (line %d): %s".formatted(entry, line, problem);
    }

    /** For programs. */
    public Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("entry", entry);
        row.put("line", line);
        row.put("field", field);
        row.put("value", value);
        row.put("problem", problem);
        return row;
    }
}
