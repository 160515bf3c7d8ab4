package dev.catchment.policy.source;

import dev.catchment.schema.DocumentSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a file of sources is not imported.
 *
 * @param entry counted from 1
 * @param line on which the entry begins
 * @param value as it was written, cut where it is long; empty if there is none
 * @param problem a sentence: what is wrong with which value, and what is allowed
 */
public record SourceProblem(int entry, int line, String field, String value, String problem) {

    static SourceProblem of(SourceFile.Entry entry, String field, String value, String allowed) {
        String shown = DocumentSchema.shown(value);
        return new SourceProblem(
                entry.number(),
                entry.line(),
                field,
                shown,
                "%s=%s is not allowed. Allowed: %s.".formatted(field, shown, allowed));
    }

    static SourceProblem of(SourceFile.Entry entry, DocumentSchema.Problem problem) {
        String field = problem.path().stream()
                .filter(String.class::isInstance)
                .map(Object::toString)
                .collect(Collectors.joining("."));
        return new SourceProblem(
                entry.number(), entry.line(), field, DocumentSchema.shown(problem.value()), problem.what());
    }

    @Override
    public String toString() {
        return "entry %d (line %d): %s".formatted(entry, line, problem);
    }

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
