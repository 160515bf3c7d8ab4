package dev.catchment.support;

import java.util.List;
import java.util.Map;

/** A worker of the names' queue, one step at a time. */
public final class NamesQueue {
    private NamesQueue() {}

    /** @return none if no job is due */
    public static Map<String, Object> claim(String worker) {
        List<Map<String, Object>> rows = TestDatabase.get().rows("names/open-next-job", Map.of("worker", worker));
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** Ends an attempt as failed. @return none if the job is another worker's */
    public static List<Map<String, Object>> fail(Map<String, Object> job, boolean permanent) {
        return TestDatabase.get()
                .rows(
                        "names/close-failed-job",
                        Map.of(
                                "job",
                                job.get("job_id").toString(),
                                "worker",
                                job.get("worker"),
                                "attempt",
                                job.get("attempt"),
                                "error",
                                "It broke.",
                                "permanent",
                                permanent,
                                "is_attempt",
                                true,
                                "pause",
                                10_000));
    }
}
