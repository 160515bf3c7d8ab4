package dev.catchment.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.support.Assets;
import dev.catchment.support.IndexFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyRegistryTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_verify");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void seed() throws Exception {
        List<String> lines = new ArrayList<>(IndexFiles.assets(10));
        lines.add(IndexFiles.source("data0.example.gov", "Zero"));
        lines.add("{}");
        file = Files.write(folder.resolve("index.ndjson"), lines);
        RIG.run("seed", "--index", file.toString()).endsWith(0);
    }

    @Test
    void finds_nothing_after_a_clean_seed_and_prints_some_assets_field_by_field() {
        Cli.Said said = RIG.run("verify", "registry").endsWith(0);
        assertThat(said.out())
                .contains("index.ndjson holds 12 records: 11 are in the registry unchanged, 0 with other content, "
                        + "1 were rejected.")
                .contains("The registry holds 3 sources and 10 assets.")
                .contains("No difference.");
        assertThat(said.lines().stream().filter(line -> line.matches("  name +Asset 2222-22.*")))
                .hasSize(3);
        assertThat(RIG.run("verify", "registry", "--json").endsWith(0).out()).isEmpty();
    }

    @Test
    void rejects_beyond_those_of_a_reason_that_are_kept_are_not_missed() throws Exception {
        List<String> lines = new ArrayList<>(IndexFiles.assets(3));
        lines.addAll(Collections.nCopies(1200, "{}"));
        Path poor = Files.write(folder.resolve("poor.ndjson"), lines);
        RIG.run("seed", "--index", poor.toString()).endsWith(0);
        assertThat(RIG.texts("select max(rejected) from ops.runs")).containsExactly("1200");
        assertThat(RIG.run("verify", "registry").endsWith(0).out()).contains("No difference.");
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 100, 5000})
    void a_key_that_comes_again_with_other_content_is_no_difference_if_the_last_record_is_held(int batch)
            throws Exception {
        List<String> lines = new ArrayList<>(IndexFiles.assets(800));
        for (int again = 1; again <= 200; again++) {
            String key = Assets.id(again * 3);
            lines.add(IndexFiles.asset(key, "data%d.example.gov".formatted(again % 3), "again", "\"2027-01-02\""));
        }
        lines.add(IndexFiles.asset(Assets.id(1), "nowhere", "not of use", "\"2028-01-02\""));
        Path repeating = Files.write(folder.resolve("repeating.ndjson"), lines);
        Cli cli = RIG.cli().with("REGISTRY_BATCH_SIZE", String.valueOf(batch));
        cli.run("seed", "--index", repeating.toString()).endsWith(0);
        assertThat(RIG.texts("select count(*) from registry.assets where name = 'again'"))
                .containsExactly("200");
        assertThat(cli.run("verify", "registry").endsWith(0).out())
                .contains("holds 801 records: 800 are in the registry unchanged, 0 with other content")
                .contains("No difference.");
        damage(cli, "update registry.assets set name = 'x' where name = 'again' and asset_key = '%s'", Assets.id(600));
        damage(cli, "update registry.assets set name = 'x' where asset_key = '%s'", Assets.id(1));
    }

    /** One row that is damaged is one difference, and is mended again. */
    private static void damage(Cli cli, String damage, String key) throws Exception {
        RIG.execute("begin; create table kept as table registry.assets; " + damage.formatted(key) + "; commit");
        assertThat(cli.run("verify", "registry").endsWith(1).out())
                .contains("held with other content", "1 records of it");
        RIG.execute("update registry.assets a set name = kept.name from kept where a.id = kept.id; drop table kept");
    }

    @Test
    void a_moment_that_is_not_the_greatest_is_a_difference_though_the_last_record_has_a_lesser_one() throws Exception {
        Path moments = Files.write(
                folder.resolve("moments.ndjson"),
                List.of(
                        IndexFiles.asset("aaaa-2222", "a.gov", "A", "\"2026-03-04\""),
                        IndexFiles.asset("aaaa-2222", "a.gov", "A", "\"2025-03-04\"")));
        Cli cli = RIG.cli().with("REGISTRY_BATCH_SIZE", "1");
        cli.run("seed", "--index", moments.toString()).endsWith(0);
        cli.run("verify", "registry").endsWith(0);
        RIG.execute("update registry.assets set updated_at = '2025-03-04Z' where asset_key = 'aaaa-2222'");
        assertThat(cli.run("verify", "registry").endsWith(1).out()).contains("held with other content");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not held                 | delete from registry.assets where asset_key = '2222-2225'",
                "held with other content  | update registry.assets set name = 'x' where asset_key = '2222-2225'",
                "held with other content  | update registry.assets set updated_at = null where asset_key = '2222-2225'",
                "held with other content  | update registry.assets set raw = '{}' where asset_key = '2222-2225'",
                "held with other content  | update registry.assets set source_id = source_id % 3 + 1 where asset_key = '2222-2225'",
                "held with other content  | update registry.sources set name = 'x' where source_key = 'data0.example.gov'",
                "counts do not add up     | update ops.runs set added = added - 1",
                "records were lost        | update ops.requests set records = records + 1",
                "rejects are missing      | delete from ops.rejects",
                "waits for its source     | insert into registry.orphans (run_id, position, record) values (1, 'line 1', '{}')"
            })
    void names_the_damage_and_ends_with_1(String difference, String damage) throws Exception {
        RIG.execute(damage);
        Cli.Said said = RIG.run("verify", "registry", "--json").endsWith(1);
        assertThat(said.lines()).hasSize(1);
        JsonNode row = new ObjectMapper().readTree(said.out());
        assertThat(row.get("difference").asText()).isEqualTo(difference);
        assertThat(row.get("detail").asText()).isNotBlank();
        assertThat(RIG.run("verify", "registry").endsWith(1).out()).contains(difference);
    }

    @Test
    void names_an_asset_without_a_source() throws Exception {
        RIG.execute("alter table registry.assets drop constraint assets_source_fkey");
        try {
            RIG.execute("update registry.assets set source_id = 99 where asset_key = '2222-2225'");
            assertThat(RIG.run("verify", "registry").endsWith(1).out())
                    .contains("asset without a source", "2222-2225", "source 99");
        } finally {
            RIG.execute("update registry.assets set source_id = 1 where source_id = 99");
            RIG.execute("alter table registry.assets add constraint assets_source_fkey "
                    + "foreign key (source_id) references registry.sources (id)");
        }
    }

    @Test
    void counts_against_another_file_and_does_without_one_that_is_gone() throws Exception {
        List<String> lines = new ArrayList<>(IndexFiles.assets(12));
        Path other = Files.write(folder.resolve("other.ndjson"), lines);
        assertThat(RIG.run("verify", "registry", "--index", other.toString())
                        .endsWith(1)
                        .out())
                .contains("not held", "2 records of it");
        Files.write(file, lines);
        assertThat(RIG.run("verify", "registry").endsWith(0).out())
                .contains("has changed since it was seeded; name it with --index");
        Files.delete(file);
        assertThat(RIG.run("verify", "registry").endsWith(0).out())
                .contains("no longer exists; name another with --index");
    }

    @Test
    void a_batch_that_was_read_again_after_a_kill_is_no_difference() throws Exception {
        Path killed =
                Files.write(folder.resolve("killed.ndjson"), List.of("{}", IndexFiles.source("a.gov", "A"), "{}"));
        RIG.run("seed", "--index", killed.toString(), "--batch-size", "1").endsWith(0);
        RIG.execute("delete from registry.files where name = 'killed.ndjson'");
        RIG.execute("delete from ops.requests where run_id = 2 and sequence = 2");
        RIG.execute("update ops.runs set status = 'running', finished_at = null, is_complete = false, added = 0, "
                + "seen = 2, cursor = '1', cursor_sequence = 1 where id = 2");
        RIG.execute("delete from registry.sources where source_key = 'a.gov'");
        RIG.run("seed", "--index", killed.toString()).endsWith(0);
        assertThat(RIG.texts("select seen || ' ' || rejected || ' ' || resumes from ops.runs where id = 3"))
                .containsExactly("2 1 2");
        assertThat(RIG.run("verify", "registry").endsWith(0).out()).contains("No difference.");
    }

    @Test
    void ends_with_2_when_nothing_was_seeded_yet() throws Exception {
        RIG.execute("truncate registry.files");
        assertThat(RIG.run("verify", "registry").endsWith(2).err()).contains("No index file has been seeded yet.");
    }
}
