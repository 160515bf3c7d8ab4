package dev.catchment.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Defaults;
import dev.catchment.support.Leases;
import dev.catchment.support.TestDatabase;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole or not at all, of one moment, and what it says of itself is so. */
@Tag("process")
class ExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH = "repeat('0', 64)";

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        TestDatabase.empty();
        TestDatabase.execute(
                "insert into harvest.sources (name, kind, url, host, title) values ('one', 'ckan', 'https://one.example', 'one.example', 'Portal \"One\"')");
        TestDatabase.execute(
                "insert into harvest.datasets (source_id, key, title, description, modified_at, modified, publisher,"
                        + " contact, access_level, keywords, bbox, temporal_from, extras, content_hash, first_seen_at, changed_at, last_changed_at)"
                        + " select 1, 'd-' || i, case when i < 10 then 'Title, \"' || i || '\"' || chr(10) || 'ü' end, '=About ' || i,"
                        + " '2026-01-02T03:04:05Z', '2026-01-02', 'Office', 'ann@office.example', 'public', array['b', 'a'],"
                        + " '{-180,-90,180,90}', '2020-02-29', '{\"a\": [1]}', " + HASH
                        + ", now(), now(), now() from generate_series(1, 10) i");
        TestDatabase.execute(
                "insert into harvest.records (source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at)"
                        + " select 1, key, '{\"author_email\": \"ann@office.example\", \"author\": \"Ann\"}', content_hash, id, now(), now()"
                        + " from harvest.datasets");
        TestDatabase.execute(
                "insert into harvest.distributions (dataset_id, position, title, format, media_type, download_url)"
                        + " select id, 1, 'File', 'csv', 'text/csv', 'https://one.example/' || key || '.csv' from harvest.datasets");
    }

    private Map<String, Object> export(int keep, String... formats) {
        try (Service service = Service.start(
                Defaults.settings().with(Map.of("data.dir", folder.toString(), "export.keep", String.valueOf(keep))),
                TestDatabase.get(),
                Map.of(),
                Routes.of("export"))) {
            return service.ask("export-catalogue", new ExportOrder(new TreeSet<>(List.of(formats)), null, "test"));
        }
    }

    private Path latest() throws IOException {
        return folder.resolve("exports").resolve("latest").toRealPath();
    }

    @Test
    void every_file_is_what_the_manifest_says_and_holds_what_the_database_does() throws Exception {
        assertThat(export(7, "parquet", "csv", "ndjson"))
                .containsEntry("status", "succeeded")
                .containsEntry("seen", 21L);
        requireAsListed(16);
        JsonNode first = JSON.readTree(
                Files.readAllLines(latest().resolve("datasets.ndjson")).get(0));
        assertThat(first.path("title").asText()).isEqualTo("Title, \"1\"\nü");
        assertThat(first.path("extras").toString()).isEqualTo("{\"a\":[1]}");
        assertThat(Files.readString(latest().resolve("datasets.csv")))
                .contains("\"Title, \"\"1\"\"\nü\"", ",=About 1,", "2026-01-02T03:04:05Z", "\"[\"\"b\"\",\"\"a\"\"]\"");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet found = statement.executeQuery(
                        "select count(*), count(title), min(epoch(modified_at))::bigint, min(bbox[1]), min(temporal_from)::varchar,"
                                + " min(keywords[1]), min(extras->>'$.a[0]') from '"
                                + latest().resolve("datasets.parquet") + "'")) {
            found.next();
            assertThat(List.of(
                            found.getLong(1),
                            found.getLong(2),
                            found.getLong(3),
                            found.getDouble(4),
                            found.getString(5),
                            found.getString(6),
                            found.getString(7)))
                    .containsExactly(10L, 9L, 1767323045L, -180.0, "2020-02-29", "b", "1");
        }
    }

    /** Every file is in the manifest, and as it says. @param files how many there are with it */
    private void requireAsListed(int files) throws IOException {
        JsonNode manifest = JSON.readTree(latest().resolve("manifest.json").toFile());
        Set<String> listed = new HashSet<>(Set.of("manifest.json"));
        for (JsonNode file : manifest.path("files")) {
            byte[] bytes = Files.readAllBytes(latest().resolve(file.path("path").asText()));
            assertThat(file.path("sha256").asText()).isEqualTo(Sha256.of(bytes));
            assertThat(file.path("bytes").asInt()).isEqualTo(bytes.length);
            listed.add(file.path("path").asText());
        }
        try (var found = Files.walk(latest())) {
            assertThat(found.filter(Files::isRegularFile).map(path -> relative(path)))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(listed).hasSize(files);
    }

    private String relative(Path file) {
        try {
            return latest().relativize(file).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_a_killed_export_left_is_never_seen_and_is_removed_and_old_exports_go() throws Exception {
        Path left = folder.resolve("exports/.20260101T000000Z-1.part");
        Files.createDirectories(left);
        Files.writeString(left.resolve("datasets.ndjson"), "{\"half");
        for (int i = 0; i < 3; i++) {
            assertThat(export(2, "ndjson")).containsEntry("status", "succeeded");
        }
        try (var files = Files.list(folder.resolve("exports"))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .hasSize(4)
                    .contains("latest", ".lock")
                    .noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void a_killed_export_goes_on_from_the_files_that_are_whole_and_would_be_the_same() throws Exception {
        Path part = folder.resolve("exports/.part");
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            // So that it waits for the view, which is what it reads last of the tables.
            other.createStatement().execute("alter view policy.current_policies set (security_barrier = false)");
            try (CrawlProcess export = CrawlProcess.command(
                    Map.of("data.dir", folder.toString()),
                    List.of("export", "--format", "ndjson", "--format", "dcat-us"))) {
                Await.until(
                        "four tables are whole",
                        () -> read(part.resolve(".finished.json")) + export.standardError(),
                        finished -> finished.contains("names.ndjson"));
                export.kill();
                Leases.end(export);
            }
            other.rollback();
        }
        assertThat(folder.resolve("exports/latest")).doesNotExist();
        TestDatabase.execute("update harvest.distributions set title = 'Another' where dataset_id ="
                + " (select id from harvest.datasets where key = 'd-1')");
        Files.writeString(part.resolve("sources.ndjson"), "{}", StandardOpenOption.APPEND);
        Files.writeString(part.resolve("policies.ndjson"), "{\"half");
        Object datasets = Files.readAttributes(part.resolve("datasets.ndjson"), BasicFileAttributes.class)
                .fileKey();
        Map<String, Object> run = export(7, "ndjson", "dcat-us");
        assertThat(run).containsEntry("status", "succeeded").containsEntry("seen", 31L);
        assertThat(run.get("note")).asString().contains("nothing of it has changed: datasets, names.");
        assertThat(Files.readAttributes(latest().resolve("datasets.ndjson"), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(datasets);
        assertThat(latest().resolve("distributions.ndjson")).content().containsOnlyOnce("Another");
        assertThat(latest().resolve("sources.ndjson")).content().hasLineCount(1);
        requireAsListed(9);
        try (var files = Files.list(folder.resolve("exports"))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "latest", ".lock", latest().getFileName().toString());
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Test
    void a_dataset_that_lacks_what_dcat_requires_is_left_out_and_listed() throws Exception {
        assertThat(export(7, "dcat-us", "dcat-ap"))
                .containsEntry("status", "succeeded")
                .containsEntry("skipped", 2L);
        JsonNode us = JSON.readTree(latest().resolve("dcat-us/sources/one.json").toFile());
        assertThat(us.path("conformsTo").asText()).isEqualTo("https://project-open-data.cio.gov/v1.1/schema");
        assertThat(us.path("dataset")).hasSize(9).allSatisfy(dataset -> {
            for (String required :
                    List.of("title", "description", "modified", "identifier", "accessLevel", "keyword", "publisher")) {
                assertThat(dataset.path(required).isMissingNode()).as(required).isFalse();
            }
            assertThat(dataset.at("/contactPoint/fn").asText()).isEqualTo("Ann");
            assertThat(dataset.at("/contactPoint/hasEmail").asText()).isEqualTo("mailto:ann@office.example");
            assertThat(dataset.at("/distribution/0/downloadURL").asText()).startsWith("https://one.example/d-");
        });
        JsonNode ap = JSON.readTree(latest().resolve("dcat-ap/all.jsonld").toFile());
        assertThat(ap.path("dcat:dataset")).hasSize(9);
        assertThat(ap.at("/dct:publisher/foaf:name").asText()).isEqualTo("Catchment");
        for (String format : List.of("dcat-us", "dcat-ap")) {
            assertThat(Files.readAllLines(latest().resolve(format + "/left-out.ndjson")))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("d-10", "title"));
        }
    }

    @Test
    void a_format_that_is_none_is_refused_with_those_there_are() {
        assertThatThrownBy(() -> new ExportOrder(Set.of("xml"), null, "test"))
                .hasMessageContaining("There is no format xml")
                .hasMessageContaining("parquet, csv, ndjson, dcat-us, dcat-ap");
    }
}
