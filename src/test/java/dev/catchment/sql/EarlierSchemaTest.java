package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.postgres.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema of the version before the newest steps, views and functions included, as the history of this clone has it. */
class EarlierSchemaTest {
    private static final String STEPS = "sql/schema/up/";

    @TempDir
    Path earlier;

    private ScratchDatabase scratch;

    @BeforeEach
    void bringUpAsItWas() throws IOException, InterruptedException {
        Optional<String> version = before(today());
        assumeTrue(version.isPresent(), "the history of this clone does not go back to an earlier schema");
        assertThat(said("sh", "-c", "git archive " + version.get() + " sql/schema | tar -x -C " + earlier))
                .isEmpty();
        assertThat(earlier.resolve(STEPS)).isNotEmptyDirectory();
        scratch = ScratchDatabase.create("earlier");
        flyway("filesystem:" + earlier + "/sql/schema/").load().migrate();
    }

    @AfterEach
    void drop() {
        if (scratch != null) {
            scratch.close();
        }
    }

    /** As {@link Schema} has it, of the files of a folder. */
    private FluentConfiguration flyway(String folder) {
        return Flyway.configure()
                .dataSource(scratch.database().dataSource())
                .defaultSchema("public")
                .table("flyway_schema_history")
                .locations(folder + "up", folder + "views", folder + "session/up");
    }

    /** The steps of today, each as Git knows it. */
    private static List<String> today() throws IOException, InterruptedException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> steps = Files.list(Path.of(STEPS))) {
            steps.map(Path::toString).sorted().forEach(files::add);
        }
        List<String> command = new ArrayList<>(List.of("git", "hash-object"));
        command.addAll(files);
        List<String> hashes = said(command.toArray(String[]::new));
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            steps.add(hashes.get(i) + " " + files.get(i));
        }
        return steps;
    }

    /** The last commit with steps that are all among today's; those of others were never released as they were. */
    private static Optional<String> before(List<String> today) throws IOException, InterruptedException {
        for (String commit : said("git", "rev-list", "HEAD", "--", "sql/schema")) {
            List<String> steps = said("git", "ls-tree", "-r", commit, STEPS).stream()
                    .map(line -> line.replaceFirst("^\\S+ blob (\\S+)\t", "$1 "))
                    .toList();
            if (steps.size() < today.size() && !steps.isEmpty() && Collections.indexOfSubList(today, steps) == 0) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    /** What a program says, line by line; nothing if it is not there, or fails. */
    private static List<String> said(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return List.of(); // no Git
        }
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return process.waitFor() == 0 ? lines : List.of();
    }

    @Test
    void it_comes_up_to_the_schema_of_a_new_database() {
        assertThat(new Schema(scratch.database().dataSource()).up()).isPositive();
        String brought = SchemaDump.of(scratch);
        try (ScratchDatabase made = ScratchDatabase.withSchema("made")) {
            assertThat(brought).isEqualTo(SchemaDump.of(made));
        }
    }
}
