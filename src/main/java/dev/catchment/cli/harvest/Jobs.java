package dev.catchment.cli.harvest;

import dev.catchment.harvest.SourceJob;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders for jobs on the sources that people name. */
final class Jobs {
    private Jobs() {}

    static SourceJob.Order of(SourceJob.Task task, Database database, String source, Long run) {
        return of(task, NamedSource.find(database, source), run);
    }

    /** @param row of a source: source_id, name, kind */
    static SourceJob.Order of(SourceJob.Task task, Map<String, Object> row, Long run) {
        return SourceJob.Order.of(task, row, run, "cli");
    }

    static List<SourceJob.Order> ofKind(SourceJob.Task task, Database database, String kind) {
        Map<String, Object> all = new HashMap<>();
        all.put("kind", kind);
        List<SourceJob.Order> orders = database.rows("harvest/list-sources-of-kind", all).stream()
                .map(row -> of(task, row, null))
                .toList();
        if (orders.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no source of kind %s. 'catchment sources list' lists them.".formatted(kind));
        }
        return orders;
    }
}
