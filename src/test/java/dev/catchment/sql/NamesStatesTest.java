package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasets and jobs go only where docs/state-machines.md has an arrow. */
class NamesStatesTest {
    private static final String DATASET = """
            insert into names.datasets (country_id, source_id, filename, file_path, file_size, sha256, format, status,
              row_count, births, processed_at, error_message)
            select country_id, id, 'f', 'p', 1, repeat('0', 64), 'us_ssa', '%s', 1, 5, now(), 'e'
            from names.sources where code = 'us-ssa'""";

    private static final String JOB = """
            insert into names.jobs (type, status, claimed_by, claimed_at, last_error, completed_at)
            values ('parse_dataset', '%s', 'w', now(), 'e', case when %s then now() end)""";

    private static ScratchDatabase scratch;

    @BeforeAll
    static void migrate() {
        scratch = ScratchDatabase.withSchema("names_states");
    }

    @AfterEach
    void empty() throws SQLException {
        scratch.execute("delete from names.jobs");
        scratch.execute("delete from names.datasets");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "pending, processing, true",
        "pending, completed, false",
        "pending, failed, false",
        "pending, reprocessing, false",
        "processing, completed, true",
        "processing, failed, true",
        "processing, pending, false",
        "processing, reprocessing, false",
        "completed, reprocessing, true",
        "completed, processing, false",
        "completed, pending, false",
        "completed, failed, false",
        "reprocessing, completed, true",
        "reprocessing, failed, true",
        "reprocessing, pending, false",
        "failed, processing, true",
        "failed, reprocessing, true",
        "failed, completed, false",
        "failed, pending, false"
    })
    void a_dataset_goes_only_where_there_is_an_arrow(String from, String to, boolean allowed) throws SQLException {
        scratch.execute(DATASET.formatted(from));
        move("update names.datasets set status = '" + to + "'", allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "queued, running, true",
        "queued, failed, true",
        "queued, completed, false",
        "running, completed, true",
        "running, failed, true",
        "running, queued, true",
        "completed, queued, false",
        "completed, running, false",
        "completed, failed, false",
        "failed, queued, true",
        "failed, running, false",
        "failed, completed, false"
    })
    void a_job_goes_only_where_there_is_an_arrow(String from, String to, boolean allowed) throws SQLException {
        scratch.execute(JOB.formatted(from, hasEnded(from)));
        move(
                "update names.jobs set status = '%s', completed_at = case when %s then now() end"
                        .formatted(to, hasEnded(to)),
                allowed);
    }

    private static boolean hasEnded(String status) {
        return status.equals("completed") || status.equals("failed");
    }

    private static void move(String update, boolean allowed) throws SQLException {
        if (allowed) {
            scratch.execute(update);
        } else {
            assertThatThrownBy(() -> scratch.execute(update)).hasMessageContaining("cannot become");
        }
    }
}
