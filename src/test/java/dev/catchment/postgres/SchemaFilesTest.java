package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.sql.ScratchDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaFilesTest {
    private ScratchDatabase scratch;
    private Schema schema;

    @BeforeEach
    void create() {
        scratch = ScratchDatabase.create("schema_files");
        schema = new Schema(scratch.database().dataSource());
        schema.up();
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    @Test
    void they_are_what_flyway_applied_with_its_checksums() {
        List<String> files = SchemaFiles.checksums().entrySet().stream()
                .map(file -> file.getKey() + " " + file.getValue())
                .sorted()
                .toList();
        assertThat(scratch.texts(
                        "select script || ' ' || checksum from flyway_schema_history where script like '%.sql'"))
                .containsExactlyInAnyOrderElementsOf(files)
                .hasSizeGreaterThan(10);
    }

    @Test
    void a_schema_that_is_up_is_not_written_to() {
        String written = "select xmin::text || ' ' || ctid::text from flyway_schema_history order by 1";
        List<String> before = scratch.texts(written);
        assertThat(schema.up()).isZero();
        assertThat(scratch.texts(written)).isEqualTo(before);
    }

    @Test
    void a_view_that_has_changed_since_is_applied_anew() throws SQLException {
        scratch.execute(
                "update flyway_schema_history set checksum = checksum + 1 where script = 'R__catalog_views.sql'");
        assertThat(schema.pending()).hasSize(1);
        assertThat(schema.up()).isEqualTo(1);
        assertThat(schema.up()).isZero();
    }
}
