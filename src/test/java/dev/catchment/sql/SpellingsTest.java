package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Schema;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that holds names in two spellings, from before they were one: the migration unites them and loses no birth. */
class SpellingsTest {
    private ScratchDatabase scratch;
    private Schema schema;

    @BeforeEach
    void before() throws Exception {
        scratch = ScratchDatabase.create("spellings");
        schema = new Schema(scratch.database().dataSource());
        schema.up();
        Schema.Step step = schema.undoable(0).stream()
                .filter(each -> each.script().contains("alter_names_spellings"))
                .findAny()
                .orElseThrow();
        schema.undoable(Integer.parseInt(step.version()) - 1).forEach(schema::down);
        scratch.execute("""
                insert into names.datasets (id, country_id, source_id, filename, file_path, file_size, sha256, format, status,
                  row_count, births, processed_at)
                select ('00000000-0000-0000-0000-00000000000' || n)::uuid, s.country_id, s.id, 'f', 'f', 1, repeat(n::text, 64), 'us_ssa',
                  'completed', 3, 10, now()
                from names.sources s, generate_series(1, 2) n where s.code = 'us-ssa'""");
        scratch.execute("""
                insert into names.slices (dataset_id, year, gender, source_id, row_count, births, is_living, added, changed,
                  removed, ranks_at, loaded_at)
                select d.id, 2020, 'M', d.source_id, 3, 10, d.id::text like '%2', 3, 0, 0, now(), now() from names.datasets d""");
        scratch.execute("""
                insert into names.names (dataset_id, country_id, year, name, name_key, gender, count, deleted_at)
                select d.id, d.country_id, 2020, r.name, upper(r.name), 'M', r.count, case when d.id::text like '%1' then now() end
                from names.datasets d, (values ('LIAM', 5), ('Liam', 3), ('Noah', 2)) r (name, count)""");
        scratch.execute("select names.refresh_statistics()");
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    @Test
    void what_counts_and_what_was_replaced_becomes_one_figure_a_name() throws Exception {
        schema.up();
        assertThat(scratch.texts("""
                        select concat_ws(' ', right(dataset_id::text, 1), name, count, deleted_at is null) from names.names
                        order by 1""")).containsExactly("1 Liam 8 f", "1 Noah 2 f", "2 Liam 8 t", "2 Noah 2 t");
        assertThat(scratch.texts("select distinct row_count || ' ' || births from names.datasets"))
                .containsExactly("2 10");
        scratch.execute("insert into names.stale_views values (now())");
        scratch.execute("select names.refresh_statistics()");
        assertThat(scratch.database().rows("names/verify-names", Map.of())).isEmpty();

        scratch.execute("select names.restore_dataset('00000000-0000-0000-0000-000000000001')");
        scratch.execute("select names.refresh_statistics()");
        assertThat(scratch.database().rows("names/verify-names", Map.of())).isEmpty();
    }
}
