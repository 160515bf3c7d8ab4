package dev.catchment.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.Await;
import dev.catchment.support.Defaults;
import dev.catchment.support.Lake;
import dev.catchment.support.Parks;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark, where {@code -P spark} brought it, reads a lake by the queries of docs/lake.md as DuckDB does, and so as PostgreSQL. */
class LakeSparkTest {
    private static final Path CLASSES = Path.of("target", "spark.classpath");
    private static final String MOMENT = "2025-01-03T12:00:00Z";

    @TempDir
    private Path folder;

    @Test
    void spark_reads_what_duckdb_reads() throws Exception {
        assumeTrue(Files.exists(CLASSES), "Spark is not here: ./mvnw test -P spark -Dtest=LakeSparkTest brings it.");
        TestDatabase.empty();
        Lake lake = Lake.at(folder.resolve("lake"));
        Parks parks = Parks.begin();
        try (Service service = Service.start(
                Defaults.settings().with(Map.of("data.dir", folder.toString())),
                TestDatabase.get(),
                Map.of(),
                Routes.of("export"))) {
            service.ask("export-lake", new LakeOrder("file://" + lake.root(), false, "test"));
            parks.change();
            service.ask("export-lake", new LakeOrder("file://" + lake.root(), false, "test"));
        }
        assertThat(lake.latest().path("kind").asText()).isEqualTo("changes");
        List<List<String>> duckdb = lake.duckdb(MOMENT, "select 1");
        List<List<String>> spark = spark(lake.documented("Spark", MOMENT));
        Files.writeString(Path.of("target", "lake-by-spark.txt"), spark.toString());
        assertThat(spark).hasSize(3).allSatisfy(rows -> assertThat(rows).isNotEmpty());
        assertThat(spark).isEqualTo(duckdb.subList(0, 3));
    }

    private List<List<String>> spark(List<String> scripts) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        // As Spark's own launcher has them for Java 17.
        for (String opened : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.nio",
                "java.util",
                "java.util.concurrent",
                "java.util.concurrent.atomic",
                "sun.nio.ch",
                "sun.nio.cs",
                "sun.security.action",
                "sun.util.calendar")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                Files.readString(CLASSES),
                Path.of("src/test/resources/spark/LakeSpark.java").toString()));
        for (int i = 0; i < scripts.size(); i++) {
            command.add(Files.writeString(folder.resolve(i + ".sql"), scripts.get(i))
                    .toString());
        }
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        Await.until("Spark has answered", () -> Files.readString(err), said -> !process.isAlive());
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        List<List<String>> answers = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            if (line.equals("--")) {
                answers.add(rows);
                rows = new ArrayList<>();
            } else {
                rows.add(line);
            }
        }
        return answers;
    }
}
