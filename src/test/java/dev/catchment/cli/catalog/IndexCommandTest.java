package dev.catchment.cli.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.support.Assets;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogue, index, registry, and back: what goes round comes back equal. */
class IndexCommandTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void crawl() throws IOException {
        rig.crawl(Stream.concat(
                        Stream.of(1, 2, 3).map(number -> Assets.asset(number, "one.example.gov")),
                        Stream.of(4, 5).map(number -> Assets.asset(number, "two.example.gov")))
                .map(JsonNode::toString)
                .toList());
        rig.stop();
        cli = Cli.on(TestDatabase.get().url().connectionUrl());
    }

    @ParameterizedTest
    @CsvSource({"index.json, ''", "index.ndjson, --ndjson", "index.json.gz, ''", "index.ndjson.gz, --ndjson"})
    void what_goes_round_comes_back_equal(String name, String option) {
        Path file = folder.resolve("new").resolve(name);
        Stream<String> arguments =
                Stream.of("index", "--out", file.toString(), option).filter(each -> !each.isEmpty());
        Cli.Said said = cli.run(arguments.toArray(String[]::new)).endsWith(0);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).isEqualToIgnoringNewLines("Wrote 2 portals and 5 assets to " + file + ".");
        assertThat(cli.run("seed", "--index", file.toString()).endsWith(0).out())
                .contains("added 7");
        expectEqual();
        assertThat(cli.run("verify", "registry").endsWith(0).out()).contains("No difference.");
        cli.run("index", "--out", folder.resolve("again.json").toString()).endsWith(0);
        assertThat(cli.run("seed", "--index", folder.resolve("again.json").toString())
                        .endsWith(0)
                        .out())
                .contains("added 0, updated ")
                .contains("unchanged ");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(5);
    }

    private static void expectEqual() {
        assertThat(number("select count(*) from catalog.socrata_datasets d "
                        + "join registry.assets a on a.asset_key = d.id and a.raw = d.raw and a.name = d.name "
                        + "and a.updated_at is not distinct from d.updated_at "
                        + "join registry.sources s on s.id = a.source_id and s.source_key = d.domain"))
                .isEqualTo(5);
        assertThat(texts("select source_key || name || url from registry.sources order by 1"))
                .containsExactly(
                        "one.example.govone.example.govhttps://one.example.gov",
                        "two.example.govtwo.example.govhttps://two.example.gov");
    }

    @Test
    void lists_the_domains_that_are_named_and_no_retired_asset() throws IOException {
        execute("update catalog.socrata_datasets set retired_at = now(), retired_reason = 'x', retired_run_id = 1 "
                + "where id = '" + Assets.id(2) + "'");
        Path file = folder.resolve("one.json");
        cli.run("index", "--domain", "ONE.example.gov", "--out", file.toString())
                .endsWith(0);
        JsonNode index = new ObjectMapper().readTree(file.toFile());
        assertThat(index.get("sources").findValuesAsText("source_key")).containsExactly("one.example.gov");
        assertThat(index.get("assets").findValuesAsText("domain")).hasSize(2).containsOnly("one.example.gov");
        assertThat(folder.toFile().list()).as("no draft is left").containsExactly("one.json");
    }

    @Test
    void nothing_to_list_ends_with_1_and_a_region_that_is_none_with_2() throws IOException {
        Path file = folder.resolve("none.json");
        assertThat(cli.run("index", "--region", "eu", "--out", file.toString())
                        .endsWith(1)
                        .err())
                .contains("no asset in the catalogue matches");
        assertThat(Files.readString(file).replaceAll("\\s", "")).isEqualTo("{\"sources\":[],\"assets\":[]}");
        assertThat(cli.run("index", "--region", "mars").endsWith(2).err())
                .contains("--region takes us or eu, not mars.");
    }

    @Test
    void both_forms_hold_the_same_records() throws IOException {
        cli.run("index", "--out", folder.resolve("a.json").toString()).endsWith(0);
        cli.run("index", "--ndjson", "--out", folder.resolve("b.ndjson").toString())
                .endsWith(0);
        JsonNode index = new ObjectMapper().readTree(folder.resolve("a.json").toFile());
        List<String> lines = Files.readAllLines(folder.resolve("b.ndjson"));
        assertThat(lines).hasSize(7);
        assertThat(new ObjectMapper().readTree(lines.get(6)))
                .isEqualTo(index.get("assets").get(4));
        assertThat(new ObjectMapper().readTree(lines.get(0)).get("type").asText())
                .isEqualTo("source");
    }
}
