package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.postgres.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Up, down to nothing, up again; {@code ./mvnw test -Dtest=SchemaTest -Dupdate=true} writes the dump to review. */
class SchemaTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "schema.txt");
    private static final String HISTORY = "select script from flyway_schema_history order by installed_rank";

    private ScratchDatabase scratch;
    private Schema schema;

    @BeforeEach
    void create() {
        scratch = ScratchDatabase.create("schema");
        schema = new Schema(scratch.database().dataSource());
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    @Test
    void up_gives_the_schema_that_was_reviewed() throws IOException {
        assumeTrue(
                Integer.parseInt(scratch.texts("show server_version_num").get(0)) >= 160000,
                "PostgreSQL before 16 prints the same views with the names of their tables");
        schema.up();
        String dump = SchemaDump.of(scratch);
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, dump);
        }
        assertThat(dump)
                .as("Review what changed, then: ./mvnw test -Dtest=SchemaTest -Dupdate=true")
                .contains("table ops.runs", "table catalog.socrata_datasets")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void down_leaves_nothing_and_up_again_is_the_same() {
        assertThat(SchemaDump.of(scratch)).isEmpty();
        int steps = schema.up();
        String first = SchemaDump.of(scratch);
        List<Schema.Step> undoable = schema.undoable(0);
        undoable.forEach(schema::down);
        assertThat(SchemaDump.of(scratch)).isEmpty();
        assertThat(scratch.texts(HISTORY)).isEmpty();
        assertThat(schema.undoable(null)).isEmpty();
        assertThat(schema.up()).isEqualTo(steps).isGreaterThan(undoable.size());
        assertThat(SchemaDump.of(scratch)).isEqualTo(first);
    }

    @Test
    void up_twice_changes_nothing() throws SQLException {
        schema.up();
        String before = SchemaDump.of(scratch) + scratch.texts("select f::text from flyway_schema_history f");
        assertThat(schema.pending()).isEmpty();
        assertThat(schema.up()).isZero();
        assertThat(SchemaDump.of(scratch) + scratch.texts("select f::text from flyway_schema_history f"))
                .isEqualTo(before);
        // As a role is that was made since.
        scratch.execute("drop owned by api_readonly");
        assertThat(schema.up()).isZero();
        assertThat(scratch.texts(
                        "select format('%s %s', has_table_privilege(r, 'ops.runs', 'select'), has_table_privilege(r, 'ops.rejects', 'select'))"
                                + " from (values ('api_readonly')) as v (r)"))
                .containsExactly("t f");
    }

    @Test
    void down_undoes_one_step() throws SQLException {
        schema.up();
        String up = SchemaDump.of(scratch);
        List<Schema.Step> all = schema.undoable(0);
        assertThat(schema.undoable(null)).isEqualTo(all.subList(0, 1));
        schema.undoable(null).forEach(schema::down);
        assertThat(schema.undoable(0)).isEqualTo(all.subList(1, all.size()));
        assertThat(SchemaDump.of(scratch)).isNotEqualTo(up);
        schema.up();
        assertThat(SchemaDump.of(scratch)).isEqualTo(up);
    }

    @Test
    void names_of_keys_are_told_apart_and_secrets_leave_the_ledger_when_it_comes_up_from_27() throws SQLException {
        schema.up();
        schema.undoable(27).forEach(schema::down);
        scratch.execute("insert into web.api_keys (id, key_hash, name, created_at) values"
                + " ('00000000-0000-4000-8000-000000000001', 'x', 'twin', now() - interval '1 day'),"
                + " ('00000000-0000-4000-8000-000000000002', 'y', 'twin', now())");
        scratch.execute(
                "insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at,"
                        + " status, finished_at, error) values ('harvest', 'walk', 'past', 'cli', 'full', 'n', now(), now(), now(),"
                        + " 'failed', now(), 'https://me:sesame@portal.example does not answer.')");
        schema.up();
        assertThat(scratch.texts("select name from web.api_keys order by id"))
                .containsExactly("twin (00000000)", "twin");
        assertThat(scratch.texts("select error from ops.runs"))
                .containsExactly("https://…@portal.example does not answer.");
    }

    @Test
    void down_stops_at_the_step_that_stays() {
        schema.up();
        assertThat(schema.undoable(1))
                .extracting(Schema.Step::version)
                .doesNotContain("001")
                .contains("002");
        schema.undoable(1).forEach(schema::down);
        assertThat(scratch.texts(HISTORY)).containsExactly("V001__create_ops.sql");
        assertThatThrownBy(() -> schema.undoable(99)).hasMessageContaining("Step 99 is not applied");
        assertThat(schema.up()).isPositive();
    }

    @Test
    void a_step_that_fails_to_go_down_is_kept_whole() throws Exception {
        schema.up();
        scratch.execute("create view public.mine as select id from web.users");
        List<Schema.Step> steps = schema.undoable(0);
        steps.stream()
                .takeWhile(step -> !step.script().contains("create_web_users"))
                .forEach(schema::down);
        String before = SchemaDump.of(scratch) + scratch.texts(HISTORY);
        Schema.Step last = schema.undoable(null).get(0);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> schema.down(last))
                .hasMessageContaining(last.script());
        assertThat(SchemaDump.of(scratch) + scratch.texts(HISTORY)).isEqualTo(before);
    }

    @Test
    void the_sql_of_a_step_is_that_of_its_files() {
        List<Schema.Step> steps = schema.pending();
        assertThat(steps)
                .hasSizeGreaterThan(2)
                .allSatisfy(step -> assertThat(Schema.sql("up", step)).startsWith("-- "));
        assertThat(steps)
                .filteredOn(step -> step.version() != null)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(Schema.sql("down", step)).contains("drop "));
    }
}
