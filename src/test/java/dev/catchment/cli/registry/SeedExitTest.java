package dev.catchment.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.registry.file.SeedFile;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.OtherRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code catchment seed} ends; that a signal ends it with 130 is in SeedKilledTest. */
class SeedExitTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_seed_exit");

    @TempDir
    private Path folder;

    @Test
    void ends_with_1_when_nothing_can_be_used() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.json"), "[17]");
        Cli.Said said = RIG.run("seed", "--index", bad.toString(), "--json").endsWith(1);
        assertThat(new ObjectMapper().readTree(said.out()).get("error").asText())
                .contains("Nothing in bad.json");
        assertThat(RIG.run("seed", "--index", bad.toString(), "--dry-run")
                        .endsWith(1)
                        .out())
                .contains("failed");
    }

    @Test
    void ends_with_3_while_the_same_content_is_being_seeded() throws Exception {
        Path file = Files.write(folder.resolve("index.ndjson"), IndexFiles.assets(3));
        String content = SeedFile.of(file).sha256();
        long runs = Long.parseLong(RIG.texts("select count(*) from ops.runs").get(0));
        try (OtherRun other = OtherRun.begin(RIG::execute, "registry", "seed", content)) {
            assertThat(other).isNotNull();
            assertThat(RIG.run("seed", "--index", file.toString()).endsWith(3).out())
                    .isEmpty();
            assertThat(RIG.run("seed", "--index", file.toString(), "--dry-run")
                            .endsWith(0)
                            .out())
                    .contains("added 3");
        }
        assertThat(RIG.texts("select count(*) from ops.runs")).containsExactly(String.valueOf(runs + 1));
        RIG.run("seed", "--index", file.toString()).endsWith(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batch-size 0        | registry.batch-size=0 is not allowed. Allowed: ",
                "--batch-size 10001    | registry.batch-size=10001 is not allowed. Allowed: ",
                "--batch-size many     | Invalid value for option '--batch-size'",
                "--concurrency 0       | registry.concurrency=0 is not allowed. Allowed: ",
                "--concurrency 9       | registry.concurrency=9 is not allowed. Allowed: ",
                "--concurrency -1      | registry.concurrency=-1 is not allowed. Allowed: ",
                "--index nowhere.json  | Cannot read the file ",
                "--index .             | Cannot read the file ",
                "--no-such-option      | Unknown option --no-such-option."
            })
    void ends_with_2_and_says_what_is_wrong(String options, String error) {
        assertThat(RIG.run(("seed " + options).split(" ")).endsWith(2).err()).contains(error);
    }

    @Test
    void an_inbox_that_is_no_folder_ends_with_2() throws Exception {
        Path file = Files.writeString(folder.resolve("index.ndjson"), "{}");
        assertThat(RIG.cli()
                        .with("REGISTRY_INBOX", file.toString())
                        .run("seed", "--index", file.toString())
                        .endsWith(2)
                        .err())
                .contains("registry.inbox should be a folder, but " + file + " is not.");
    }
}
