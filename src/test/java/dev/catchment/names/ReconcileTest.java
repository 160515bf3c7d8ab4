package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was read of a file and what was staged of it must be the same, in number and in sum. */
class ReconcileTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private final Map<String, Object> merge = new HashMap<>();

    @BeforeEach
    void stage() {
        NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065", "Anna,F,2604"));
        Map<String, Object> job = rows("open-next-job", Map.of("worker", "a/1")).get(0);
        String dataset = job.get("dataset_id").toString();
        Long run = (Long) TestDatabase.rows("insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, "
                        + "started_at, heartbeat_at) values ('names', 'load', 'x', 'test', 'full', 'a', now(), now(), now()) "
                        + "returning id")
                .get(0)
                .get("id");
        rows("open-staging", Map.of("job", job.get("job_id").toString(), "dataset", dataset, "run", run));
        rows("insert-figures", figures(run, dataset));
        merge.putAll(Map.of("job", job.get("job_id").toString(), "worker", "a/1", "attempt", 1, "run", run));
        merge.putAll(Map.of("large_from", 1000, "passed", 0L, "rejected", 0L, "bytes", 1L));
    }

    private static Map<String, Object> figures(Long run, String dataset) {
        Map<String, Object> figures = new HashMap<>(Map.of("run", run, "dataset", dataset, "rejects", "[]"));
        figures.putAll(Map.of("years", "1880,1880", "genders", "F,F", "counts", "7065,2604"));
        figures.putAll(Map.of("spellings", "Mary\nAnna", "keys", "MARY\nANNA"));
        return figures;
    }

    private static List<Map<String, Object>> rows(String statement, Map<String, ?> values) {
        return TestDatabase.get().rows("names/" + statement, values);
    }

    @Test
    void a_figure_that_was_lost_on_the_way_fails_the_load_and_nothing_counts() {
        merge.putAll(Map.of("figures", 3L, "births", 9669L));
        assertThat(rows("merge-dataset", merge).get(0).get("problem").toString())
                .contains("3 figures with a sum of 9669 were read, but 2 with a sum of 9669 were staged");
        assertThat(NamesRig.figures()).isEmpty();
    }

    @Test
    void a_count_that_changed_on_the_way_fails_the_load_too() {
        merge.putAll(Map.of("figures", 2L, "births", 9670L));
        assertThat(rows("merge-dataset", merge).get(0).get("problem").toString())
                .contains("9670", "9669");
        assertThat(NamesRig.figures()).isEmpty();
    }

    @Test
    void what_agrees_counts() {
        merge.putAll(Map.of("figures", 2L, "births", 9669L));
        assertThat(rows("merge-dataset", merge).get(0)).containsEntry("problem", null);
        assertThat(NamesRig.figures()).containsExactly("1880 F Anna 2604", "1880 F Mary 7065");
    }
}
