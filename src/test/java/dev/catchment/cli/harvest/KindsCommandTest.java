package dev.catchment.cli.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.CliRig;
import dev.catchment.flow.kind.Kinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
