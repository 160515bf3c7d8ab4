package dev.catchment.sql;

import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which tables could be spread over servers by one of their columns, by what Citus documents of keys and foreign keys; to
 * people docs/own-postgresql.md says the same.
 */
class DistributedKeysTest {
    /** Each by the column that says on which server a row is. */
    private static final Map<String, String> DISTRIBUTED = Map.of(
            "harvest.records", "source_id",
            "harvest.sightings", "source_id",
            "harvest.pending_mappings", "source_id",
            "harvest.versions", "source_id",
            "harvest.changes", "source_id",
            "harvest.search_runs", "source_id",
            "policy.fetches", "source_id",
            "ops.requests", "run_id");

    /** What those refer to: whole on each server. */
    private static final Set<String> REFERENCE =
            Set.of("harvest.kinds", "harvest.sources", "policy.sources", "policy.snapshots", "ops.runs");

    /** What stays on one server: small, or found by an id of its own that says nothing of its source. */
    private static final Set<String> LOCAL = Set.of(
            "harvest.ambiguities",
            "harvest.copies",
            "harvest.datasets",
            "harvest.deleted_changes",
            "harvest.distributions",
            "harvest.planned_records",
            "harvest.plans",
            "harvest.renames",
            "harvest.retirements",
            "harvest.search_documents",
            "harvest.topics",
            "harvest.walks");

    private static final String ROOTS =
            "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and ";

    @BeforeAll
    static void up() {
        TestDatabase.get();
    }

    @Test
    void every_table_of_the_harvest_and_every_one_in_ranges_has_its_place() {
        Set<String> placed = new TreeSet<>(DISTRIBUTED.keySet());
        placed.addAll(REFERENCE);
        placed.addAll(LOCAL);
        assertThat(placed).hasSize(DISTRIBUTED.size() + REFERENCE.size() + LOCAL.size());
        assertThat(texts(ROOTS + "c.relnamespace = 'harvest'::regnamespace"))
                .hasSizeGreaterThan(10)
                .allMatch(placed::contains);
        assertThat(texts(ROOTS + "c.relkind = 'p' and c.relnamespace <> 'names'::regnamespace"))
                .hasSizeGreaterThan(3)
                .allMatch(DISTRIBUTED::containsKey);
        assertThat(texts(ROOTS + "true")).containsAll(placed);
    }

    @Test
    void every_key_of_a_distributed_table_begins_with_the_column_it_is_distributed_by() {
        assertThat(DISTRIBUTED)
                .allSatisfy((table, column) -> assertThat(texts(
                                "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]"
                                        + " where i.indisunique and i.indrelid = ?::regclass",
                                table))
                        .as(table)
                        .isNotEmpty()
                        .containsOnly(column));
    }

    @Test
    void a_foreign_key_leads_from_a_distributed_table_to_a_whole_one_or_along_the_same_column() {
        String keys = "select o.confrelid::regclass || ' ' || a.attname || ' ' || b.attname"
                + " from pg_constraint o, unnest(o.conkey, o.confkey) as k (here, there)"
                + " join pg_attribute a on true join pg_attribute b on true"
                + " where o.contype = 'f' and o.conparentid = 0 and o.conrelid = ?::regclass and a.attrelid = o.conrelid"
                + " and a.attnum = k.here and b.attrelid = o.confrelid and b.attnum = k.there";
        assertThat(DISTRIBUTED)
                .allSatisfy((table, column) -> assertThat(texts(keys, table))
                        .as(table)
                        .allMatch(key -> {
                            String[] parts = key.split(" ");
                            return REFERENCE.contains(parts[0])
                                    || parts[1].equals(column) && column.equals(DISTRIBUTED.get(parts[0]));
                        }));
        assertThat(texts(keys, "policy.fetches")).as("the query finds some").hasSize(3);
        Set<String> others = new TreeSet<>(REFERENCE);
        others.addAll(LOCAL);
        assertThat(others)
                .allSatisfy(table -> assertThat(texts(keys, table))
                        .as("of " + table)
                        .noneMatch(key -> DISTRIBUTED.containsKey(key.split(" ")[0])));
    }

    @Test
    void people_are_told_the_same() throws IOException {
        String page = Files.readString(Path.of("docs", "own-postgresql.md"));
        assertThat(DISTRIBUTED.keySet()).allMatch(table -> page.contains("`" + table + "`"));
        assertThat(REFERENCE).allMatch(table -> page.contains("`" + table + "`"));
        assertThat(page).contains("`harvest.datasets`");
    }
}
