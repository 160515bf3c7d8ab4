package dev.catchment.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.cli.output.Summary;
import dev.catchment.support.IndexFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SeedCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_seed");

    @TempDir
    private Path folder;

    private Path index(String name, String... more) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        List<String> lines =
                Stream.concat(IndexFiles.assets(10).stream(), Stream.of(more)).toList();
        return Files.write(file, lines);
    }

    @Test
    void takes_the_path_from_the_option_then_from_the_environment_then_from_the_data_folder() throws Exception {
        Path one = index("one.ndjson", IndexFiles.source("one.gov", "1"));
        Path two = index("two.ndjson", IndexFiles.source("two.gov", "2"));
        index("registry/socrata/sf.index.json", IndexFiles.source("three.gov", "3"));
        Cli data = RIG.cli().with("DATA_DIR", folder.toString());
        data.with("INDEX_PATH", two.toString())
                .run("seed", "--index", one.toString())
                .endsWith(0);
        data.with("INDEX_PATH", two.toString()).run("seed").endsWith(0);
        data.with("INDEX_PATH", "").run("seed").endsWith(0);
        assertThat(RIG.texts("select name from registry.files order by seeded_at"))
                .containsExactly("one.ndjson", "two.ndjson", "sf.index.json");
        assertThat(RIG.texts("select count(*) from registry.sources")).containsExactly("6");
    }

    @Test
    void json_is_one_object_with_the_documented_fields_and_nothing_else() throws Exception {
        Path file = index("index.ndjson", "{}");
        Cli.Said said = RIG.run("seed", "--index", file.toString(), "--json").endsWith(0);
        assertThat(said.lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(said.out());
        assertThat(json.fieldNames()).toIterable().containsExactlyElementsOf(Summary.FIELDS);
        assertThat(Stream.of("room", "flow", "mode", "status", "seen", "added", "rejected", "cursor")
                        .map(field -> json.get(field).asText()))
                .containsExactly("registry", "seed", "full", "succeeded", "11", "10", "1", "11");
        assertThat(json.get("scope").asText()).matches("[0-9a-f]{64}");
        assertThat(Files.readAllLines(folder.resolve("index.ndjson.rejects.ndjson")))
                .hasSize(1);
    }

    @Test
    void a_folder_that_takes_no_file_costs_the_rejects_beside_the_file_and_nothing_else() throws Exception {
        Path file = index("index.ndjson", "{}");
        Files.createDirectories(folder.resolve("index.ndjson.rejects.ndjson/full"));
        Cli.Said said = RIG.run("seed", "--index", file.toString(), "--json").endsWith(0);
        assertThat(new ObjectMapper().readTree(said.out()).get("rejected").asInt())
                .isEqualTo(1);
        assertThat(RIG.texts("select count(*) from ops.rejects")).containsExactly("1");
    }

    @Test
    void a_file_that_is_known_says_so_in_the_same_fields() throws Exception {
        Path file = index("index.ndjson");
        RIG.run("seed", "--index", file.toString()).endsWith(0);
        JsonNode known = new ObjectMapper()
                .readTree(RIG.run("seed", "--index", file.toString(), "--json")
                        .endsWith(0)
                        .out());
        assertThat(known.fieldNames()).toIterable().containsExactlyElementsOf(Summary.FIELDS);
        assertThat(known.get("mode").asText() + known.get("seen")).isEqualTo("known0");
        assertThat(RIG.run("seed", "--index", file.toString()).out()).contains("was seeded before", "--force");
        assertThat(RIG.run("seed", "--index", file.toString(), "--force").out()).contains("unchanged 10");
    }

    @Test
    void a_dry_run_counts_and_writes_nothing_at_all() throws Exception {
        RIG.run("seed", "--index", index("one.ndjson").toString()).endsWith(0);
        String changed = IndexFiles.asset("2222-2223", "data1.example.gov", "renamed", "null");
        Path two = index("two.ndjson", changed, IndexFiles.asset("zzzz-2222", "z.gov"), "{}", "17");
        List<String> before = everything();
        Cli.Said said = RIG.run("seed", "--index", two.toString(), "--dry-run", "--json")
                .endsWith(0);
        JsonNode json = new ObjectMapper().readTree(said.out());
        assertThat(json.get("run").isNull() + json.get("mode").asText()).isEqualTo("truedry-run");
        assertThat(Stream.of("seen", "added", "updated", "unchanged", "rejected")
                        .map(count -> json.get(count).asInt()))
                .containsExactly(13, 1, 1, 9, 2);
        assertThat(everything()).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("one.ndjson", "two.ndjson");
        assertThat(RIG.run("seed", "--index", two.toString(), "--dry-run").out())
                .contains("nothing was written");
    }

    /** Every row of every table of ours, with its place and the transaction that wrote it, and every sequence. */
    private static List<String> everything() {
        List<String> tables = RIG.texts("select format('%I.%I', schemaname, tablename) from pg_tables "
                + "where schemaname in ('ops', 'registry', 'catalog', 'public') order by 1");
        assertThat(tables).contains("registry.assets", "ops.runs");
        String rows = tables.stream()
                .map(table -> "select '" + table + "' || ctid || xmin || t::text from " + table + " t")
                .reduce((a, b) -> a + " union all " + b)
                .orElseThrow();
        return RIG.texts(rows + " union all select sequencename || last_value from pg_sequences order by 1");
    }

    @Test
    void batches_and_writers_of_the_command_line_are_used() throws Exception {
        Path file = index("index.ndjson");
        RIG.run("seed", "--index", file.toString(), "--batch-size", "3", "--concurrency", "1")
                .endsWith(0);
        assertThat(RIG.texts("select records from ops.requests order by sequence"))
                .containsExactly("3", "3", "3", "1");
    }

    @Test
    void the_rejects_of_a_former_run_go_when_nothing_is_refused_any_more() throws Exception {
        Path rejects = folder.resolve("index.ndjson.rejects.ndjson");
        RIG.run("seed", "--index", index("index.ndjson", "{}").toString()).endsWith(0);
        assertThat(rejects).exists();
        RIG.run("seed", "--index", index("index.ndjson").toString()).endsWith(0);
        assertThat(rejects).doesNotExist();
    }
}
