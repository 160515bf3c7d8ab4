package dev.catchment.cli.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.flow.kind.Kinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class KindsCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_kinds");

    @TempDir
    private Path folder;

    @Test
    void the_kinds_that_ship_are_listed_and_have_no_problem() {
        assertThat(RIG.run("kinds", "list").endsWith(0).out())
                .containsPattern("(?m)^ckan +CKAN portal +offset +0 0 3")
                .containsPattern("(?m)^dcat-us .* single");
        assertThat(RIG.run("kinds", "list", "--json").endsWith(0).lines().get(0))
                .startsWith("{\"kind\":\"arcgis-hub\"");
        assertThat(RIG.run("kinds", "check").endsWith(0).out()).contains("kinds, no problem.");
    }

    @Test
    void the_service_does_not_start_with_a_wrong_one() throws IOException {
        Files.writeString(folder.resolve("mine.kind.yaml"), "kind: mine\ntitle: Mine\n");
        assertThat(RIG.cli()
                        .with("KINDS_DIR", folder.toString())
                        .run("run")
                        .endsWith(2)
                        .err())
                .contains("holds a kind that cannot be used. Correct it, or move it elsewhere.")
                .contains("  mine.kind.yaml:1: request is missing.");
    }

    @Test
    void a_placeholder_that_nothing_is_known_for_is_refused_where_it_stands() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.kind.yaml"), """
                kind: mine
                title: Mine
                request:
                  url: "{source.url}/{page}"
                  query: { q: "{source.ulr}", area: "{option.area}" }
                page: { by: offset, params: { from: start }, end: [empty-page] }
                records: /items
                key: { at: [/id] }
                gone: { url: "{source.url}/items/{id}" }
                """);
        assertThat(RIG.run("kinds", "check", file.toString()).endsWith(1).out().lines())
                .containsExactly(
                        "mine.kind.yaml:4: request.url holds {page}, which is not known there. Allowed: {source.url},"
                                + " {source.host}, {source.name}, {option.NAME}.",
                        "mine.kind.yaml:5: request.query.q holds {source.ulr}, which is not known there. Allowed: {source.url},"
                                + " {source.host}, {source.name}, {option.NAME}.",
                        "mine.kind.yaml:9: gone.url holds {id}, which is not known there. Allowed: {source.url},"
                                + " {source.host}, {source.name}, {option.NAME}, {key}.");
    }

    @Test
    void what_a_document_is_not_asked_for_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.kind.yaml"), """
                kind: mine
                title: Mine
                request: { url: "{source.url}" }
                page: { by: single, end: [end-of-document] }
                check: { /success: true }
                records: /items
                key: { at: [/id] }
                """);
        assertThat(RIG.run("kinds", "check", file.toString()).endsWith(1).out())
                .contains("mine.kind.yaml:5: check")
                .contains("nothing where page.by is single");
    }

    @Test
    void a_wrong_one_is_refused_with_file_line_and_what_is_allowed() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.kind.yaml"), """
                kind: mine
                title: Mine
                request: { url: "{source.url}" }
                page:
                  by: pages
                records: /items
                key: { at: [/id] }
                """);
        assertThat(RIG.run("kinds", "check", file.toString()).endsWith(1).out())
                .startsWith("mine.kind.yaml:5: page.by=pages is not allowed. Allowed: ");
        Files.writeString(
                file, Files.readString(file).replace("pages", "number\n  params: { from: page }\n  end: [empty-page]"));
        assertThat(RIG.run("kinds", "check", file.toString()).endsWith(1).out())
                .isEqualTo(
                        "mine.kind.yaml: mine.sql is missing beside it: the select that says what its fields mean.\n");
        Files.writeString(folder.resolve("mine.sql"), "select raw ->> 'title' as title");
        assertThat(RIG.run("kinds", "check", file.toString()).endsWith(0).out()).isEqualTo("1 kind, no problem.\n");
        assertThat(RIG.run("kinds", "check", folder.resolve("none.yaml").toString())
                        .endsWith(2)
                        .err())
                .contains("its name does not end in .kind.yaml");
    }

    @Test
    void a_way_to_ask_that_the_harvest_does_not_have_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.kind.yaml"), """
                kind: mine
                title: Mine
                request: { url: "{source.url}" }
                page: { by: number, params: { from: page }, end: [empty-page] }
                records: /items
                key: { at: [/id] }
                gone: { batch: { query: { ids: "{keys}" }, of: 99 } }
                """);
        Files.writeString(folder.resolve("mine.sql"), "select raw ->> 'title' as title");
        assertThat(RIG.run("kinds", "check", file.toString()).endsWith(1).out())
                .startsWith("mine.kind.yaml:7: gone.batch")
                .contains("nothing, unless there is a room");
    }

    private String checked(Cli cli, String mapping, int exit) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.kind.yaml"), """
                kind: mine
                title: Mine
                request: { url: "{source.url}" }
                page: { by: number, params: { from: page }, end: [empty-page] }
                records: /items
                key: { at: [/id] }
                """);
        Files.writeString(folder.resolve("mine.sql"), mapping);
        return cli.run("kinds", "check", file.toString()).endsWith(exit).out();
    }

    @Test
    void a_mapping_is_checked_by_the_database_and_nothing_of_it_is_kept() throws Exception {
        Cli cli = RIG.cli();
        assertThat(checked(cli, "-- A note.\nselect raw ->> 'title' as title,\n  raw ->>> 'x' as description\n", 1))
                .startsWith("mine.sql:3: operator does not exist: jsonb ->>> unknown. ")
                .hasLineCount(1);
        assertThat(checked(cli, "select raw ->> 'title' as title,\nfrom raw\n", 1))
                .isEqualTo("mine.sql:2: syntax error at or near \"from\".\n");
        assertThat(checked(cli, "select raw ->> 'title' as name", 1))
                .startsWith(
                        "mine.sql: The mapping gives name, which is no column of a dataset. Columns are record_type,");
        assertThat(checked(cli, "select 1 as modified_at", 1))
                .isEqualTo("mine.sql: cannot cast type integer to timestamp with time zone, in"
                        + " m.modified_at::timestamp with time zone.\n");
        assertThat(checked(cli, "select raw ->> 'title' as title where raw ? 'title'", 1))
                .isEqualTo("mine.sql: a record that says nothing cannot be mapped: The mapping gives 0 rows for the"
                        + " record, and not one.\n");
        assertThat(checked(cli, "select raw ->> 'title' as title;\n", 0)).isEqualTo("1 kind, no problem.\n");
        assertThat(RIG.texts("select name from harvest.kinds where name = 'mine'"))
                .isEmpty();
        assertThat(RIG.texts("select name from harvest.sources where id = 0")).isEmpty();
    }

    @Test
    void without_a_database_it_says_that_the_sql_was_not_checked() throws IOException {
        String nowhere = folder.resolve("nowhere").toString();
        Cli cli = new Cli(Map.of("CATCHMENT_HOME", folder.toString(), "DATA_DIR", nowhere));
        assertThat(checked(cli, "select nonsense", 0))
                .isEqualTo(
                        "1 kind, no problem. Its SQL was not checked: there is no database. Start the service once, or set DATABASE_URL.\n");
        assertThat(Path.of(nowhere)).doesNotExist();
        assertThat(checked(Cli.on("postgresql://nobody:x@127.0.0.1:1/none"), "select nonsense", 0))
                .startsWith("1 kind, no problem. Its SQL was not checked: No connection to ")
                .doesNotContain(":x@");
    }

    @Test
    void a_file_that_cannot_be_read_is_a_problem_of_its_own_kind_alone() throws IOException {
        String declaration = """
                kind: mine
                title: Mine
                request: { url: "{source.url}" }
                page: { by: number, params: { from: page }, end: [empty-page] }
                records: /items
                key: { at: [/id] }
                """;
        Files.writeString(folder.resolve("mine.kind.yaml"), declaration);
        Files.write(folder.resolve("mine.sql"), "select 'caf\u00e9' as title".getBytes(StandardCharsets.ISO_8859_1));
        Files.createDirectory(folder.resolve("yours.kind.yaml"));
        // What Emacs and macOS leave beside a file.
        Files.createSymbolicLink(folder.resolve(".#mine.kind.yaml"), Path.of("nowhere"));
        Files.write(folder.resolve("._mine.kind.yaml"), new byte[] {0, 5, 0x16, 7, (byte) 0xff});
        Kinds kinds = new Kinds(folder.toString());
        assertThat(Kinds.problems(kinds.all().get("mine")))
                .hasToString("[mine.sql: it cannot be read: is it a file, in UTF-8, that this user may read?]");
        assertThat(Kinds.problems(kinds.all().get("yours"))).hasSize(1);
        assertThat(kinds.all()).doesNotContainKeys(".#mine", "._mine");
        assertThat(kinds.get("ckan").name()).isEqualTo("ckan");
    }
}
