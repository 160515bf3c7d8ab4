package dev.catchment.cli.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.CliRig;
import java.io.IOException;
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
}
