package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyImportTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_policy_import");

    private static final String VERSIONS =
            "select name || ' ' || xmin || ' ' || ctid from policy.sources order by name";

    @TempDir
    private Path folder;

    private Cli.Said imported(String text, String... options) throws IOException {
        String file = Files.writeString(folder.resolve("sources.yaml"), text).toString();
        return options.length == 0 ? RIG.run("policy", "import", file) : RIG.run("policy", "import", file, options[0]);
    }

    private static String source(String name, String path) {
        return "- {name: %s, country: GB, visa_type: work, url: 'https://www.example.gov/%s', fetch_type: html}%n"
                .formatted(name, path);
    }

    @Test
    void a_second_import_changes_no_row_and_what_the_file_leaves_out_stays() throws IOException {
        String both = source("A", "a") + source("B", "b");
        assertThat(imported(both).endsWith(0).out())
                .contains("added    true    A", "Imported: added 2, updated 0, unchanged 0; due at once 2.");
        List<String> before = RIG.texts(VERSIONS);
        assertThat(imported(both).endsWith(0).out())
                .isEqualTo("Imported: added 0, updated 0, unchanged 2; due at once 0.\n");
        assertThat(imported(source("A", "a"), "--json").endsWith(0).out())
                .isEqualTo(
                        "{\"entry\":1,\"name\":\"A\",\"outcome\":\"unchanged\",\"is_due\":false,\"held_as\":null}\n");
        assertThat(RIG.texts(VERSIONS)).isEqualTo(before).hasSize(2);
        assertThat(RIG.texts("select host from policy.hosts")).containsExactly("www.example.gov");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "work, url: 'https://www.example.gov/a' | work, url: 'https://www.example.gov/new'     | true false false",
                "html                     | pdf                                                | true false true",
                "html                     | html, metadata: {rules: {drop: [nav]}}             | true false true",
                "html                     | html, check_frequency: weekly                      | true true true",
                "work                     | study                                              | false true true",
                "html                     | html, is_active: false                             | false true true",
                "html                     | html, metadata: {origin: IN}                       | false true true"
            })
    void what_is_read_anew_is_due_and_has_no_validators(String from, String to, String said) throws Exception {
        imported(source("A", "a")).endsWith(0);
        RIG.execute(
                "update policy.sources set next_check_at = now() + interval '5 days', etag = 'e', last_modified = 'l',"
                        + " moved_to = 'https://www.example.gov/moved'");
        imported(source("A", "a").replace(from, to)).endsWith(0);
        assertThat(RIG.texts(
                        "select concat_ws(' ', (next_check_at <= now())::text, (etag is not null and last_modified is not"
                                + " null)::text, (moved_to is not null)::text) from policy.sources"))
                .containsExactly(said);
    }

    @Test
    void a_dry_run_says_what_would_be_done_and_writes_nothing() throws IOException {
        assertThat(imported(source("A", "a"), "--dry-run").endsWith(0).out())
                .contains("added    true    A", "Dry run, nothing was written: added 1");
        assertThat(RIG.texts(VERSIONS)).isEmpty();
    }

    @Test
    void one_problem_keeps_everything_out() throws Exception {
        String file = source("A", "a") + source("B", "b").replace("GB", "UK").replace("html", "doc");
        Cli.Said said = imported(file).endsWith(2);
        assertThat(said.err())
                .contains(
                        "2 problems in",
                        "nothing was imported",
                        "  entry 2 (line 2): country=UK is not allowed. Allowed: a country code of ISO 3166-1")
                .contains("  entry 2 (line 2): fetch_type=doc is not allowed. Allowed: one of html, pdf.");
        assertThat(RIG.texts(VERSIONS)).isEmpty();
        JsonNode problem = new ObjectMapper()
                .readTree(imported(file, "--json").endsWith(2).lines().get(0));
        assertThat(problem.get("line").asInt()).isEqualTo(2);
        assertThat(problem.get("field").asText() + "=" + problem.get("value").asText())
                .isEqualTo("country=UK");
    }

    @Test
    void a_page_that_is_held_under_another_name_is_a_problem_and_two_may_change_places() throws IOException {
        imported(source("A", "a") + source("B", "b")).endsWith(0);
        assertThat(imported(source("C", "a") + source("D", "d")).endsWith(2).err())
                .contains(
                        "1 problem in",
                        "entry 1 (line 1): url=https://www.example.gov/a is not allowed",
                        "held as 'A'");
        assertThat(RIG.texts(VERSIONS)).hasSize(2);
        imported(source("A", "b") + source("B", "a")).endsWith(0);
        assertThat(RIG.texts("select name || url from policy.sources order by name"))
                .containsExactly("Ahttps://www.example.gov/b", "Bhttps://www.example.gov/a");
    }

    @Test
    void what_waits_to_be_confirmed_is_forgotten_with_its_page() throws Exception {
        imported(source("A", "a")).endsWith(0);
        RIG.execute("insert into policy.snapshots (sha256, bytes, body) values (repeat('a', 64), 0, '')");
        RIG.execute("insert into policy.candidates (source_id, content_hash, snapshot, reason, confirm_at) select id,"
                + " repeat('b', 64), repeat('a', 64), 'changed', now() from policy.sources");
        imported(source("A", "a").replace("work", "study")).endsWith(0);
        assertThat(RIG.texts("select reason from policy.candidates")).containsExactly("changed");
        imported(source("A", "b").replace("work", "study")).endsWith(0);
        assertThat(RIG.texts("select reason from policy.candidates")).isEmpty();
    }

    @Test
    void the_list_to_begin_with_can_be_imported() {
        String[] command = {"policy", "import", "docs/examples/policy-sources.yaml"};
        assertThat(RIG.run(command).endsWith(0).out()).contains("updated 0, unchanged 0");
        assertThat(RIG.run(command).endsWith(0).out()).contains("added 0, updated 0, unchanged 40");
        assertThat(RIG.texts("select distinct country from policy.sources order by 1"))
                .hasSizeGreaterThan(6);
        assertThat(RIG.texts("select name from policy.sources where (url like '%.pdf') <> (fetch_type = 'pdf')"))
                .isEmpty();
    }
}
