package dev.catchment.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Defaults;
import dev.catchment.support.Lake;
import dev.catchment.support.Leases;
import dev.catchment.support.ObjectStorage;
import dev.catchment.support.Parks;
import dev.catchment.support.PostedTo;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a lake says is what PostgreSQL says; who follows its manifest never sees half of an export. */
@Tag("process")
class LakeTest {
    private static final String NOON = "2025-01-%02dT12:00:00Z";
    private static final String BUCKET = "open-data";

    @TempDir
    private static Path folder;

    private static ObjectStorage storage;
    private static Service service;
    private static int lakes;

    private Parks parks;

    @BeforeAll
    static void start() {
        storage = ObjectStorage.start(folder.resolve("s3"), BUCKET);
        service =
                Service.start(Defaults.settings().with(settings()), TestDatabase.get(), Map.of(), Routes.of("export"));
    }

    private static Map<String, String> settings() {
        return Map.of(
                "data.dir", folder.resolve("data").toString(),
                "export.lake.keep", "2",
                "export.lake.changes", "2",
                "export.lake.endpoint", storage.endpoint(),
                "export.lake.region", "eu-central-1",
                "export.lake.path-style", "true");
    }

    @AfterAll
    static void stop() {
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.requestChecksumCalculation")
                .forEach(System::clearProperty);
        service.close();
        storage.close();
    }

    @BeforeEach
    void fill() {
        TestDatabase.empty();
        key(ObjectStorage.KEY, ObjectStorage.SECRET);
        System.setProperty("aws.requestChecksumCalculation", "when_required"); // S3Proxy is of the older kind
        parks = Parks.begin();
    }

    /** What the SDK looks for before it looks into the environment. */
    private static void key(String key, String secret) {
        System.setProperty("aws.accessKeyId", key);
        System.setProperty("aws.secretAccessKey", secret);
    }

    private static Lake folder() {
        return Lake.at(folder.resolve("lake-" + ++lakes));
    }

    private static Lake bucket() {
        return Lake.at(folder.resolve("s3").resolve(BUCKET).resolve("lake-" + ++lakes));
    }

    private static String uri(Lake lake) {
        Path buckets = folder.resolve("s3");
        return lake.root().startsWith(buckets) ? "s3://" + buckets.relativize(lake.root()) : "file://" + lake.root();
    }

    private static Map<String, Object> export(Lake lake) {
        return service.ask("export-lake", new LakeOrder(uri(lake), false, "test"));
    }

    private static JsonNode exported(Lake lake) throws IOException {
        Map<String, Object> run = export(lake);
        assertThat(run).as(run.toString()).containsEntry("status", "succeeded");
        assertThat(lake.problems()).isEmpty();
        return lake.latest();
    }

    /** All that can be asked of now, and of each of these days, says the same in both. */
    private static void requireEqual(Lake lake, int... days) throws Exception {
        for (int day : days) {
            String moment = NOON.formatted(day);
            List<List<String>> found = lake.duckdb(
                    moment,
                    "select id, title, description, keywords[1], distributions from (select distinct on (id) * from states"
                            + " where valid_from <= timestamptz '" + moment
                            + "' order by id, valid_from desc) order by id");
            assertThat(found.get(0))
                    .isNotEmpty()
                    .isEqualTo(TestDatabase.texts(
                            "select s.name || '|' || count(*) filter (where d.retired_at is null) || '|' || count(d.retired_at)"
                                    + " from harvest.datasets d join harvest.sources s on s.id = d.source_id and s.removed_at is null"
                                    + " group by s.name order by s.name collate \"C\""));
            List<String> published = new ArrayList<>();
            List<String> states = new ArrayList<>();
            for (String id : TestDatabase.texts(
                    "select d.id from harvest.datasets d join harvest.sources s on s.id = d.source_id and s.removed_at is null order by d.id")) {
                for (Map<String, Object> state :
                        TestDatabase.get().rows("harvest/find-dataset-state", Map.of("dataset", id, "at", moment))) {
                    if (!(Boolean) state.get("is_retired")) {
                        published.add("%s|%s|%s".formatted(state.get("source"), state.get("key"), state.get("title")));
                    }
                    states.add("%s|%s|%s|green|%s"
                            .formatted(id, state.get("title"), state.get("description"), state.get("distributions")));
                }
            }
            assertThat(found.get(1)).isNotEmpty().containsExactlyInAnyOrderElementsOf(published);
            assertThat(found.get(3).stream().map(LakeTest::plain).toList())
                    .isEqualTo(states.stream().map(LakeTest::plain).toList());
            assertThat(found.get(2))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(
                            TestDatabase.texts(
                                    "select concat_ws('|', s.name, a.key, t.name, b.key, c.rule, c.value) from harvest.copies c"
                                            + " join harvest.datasets a on a.id = c.dataset_id join harvest.sources s on s.id = a.source_id"
                                            + " join harvest.datasets b on b.id = c.copy_id join harvest.sources t on t.id = b.source_id"));
        }
    }

    /** Distributions as they are read have an empty field where none is said, and their position. */
    private static String plain(Object json) {
        return String.valueOf(json).replaceAll("\"position\": ?\\d+,?|\"\\w+\": ?null,?|[ ,]", "");
    }

    @Test
    void a_lake_says_what_postgresql_says_of_now_and_of_any_moment() throws Exception {
        Lake lake = folder();
        JsonNode whole = exported(lake);
        assertThat(whole.path("kind").asText()).isEqualTo("whole");
        assertThat(whole.path("files")).hasSize(4);
        requireEqual(lake, 1);
        Set<String> before = lake.listed();

        parks.change();
        JsonNode changes = exported(lake);
        assertThat(changes.path("kind").asText()).isEqualTo("changes");
        assertThat(lake.listed())
                .containsAll(before.stream()
                        .filter(path -> !path.startsWith("sources"))
                        .toList());
        assertThat(rows(changes, "one.example")).containsExactly(3L, 7L);
        assertThat(rows(changes, "two.example")).containsExactly(2L);
        requireEqual(lake, 1, 2, 3);

        parks.two(4, Parks.park("y", "Dune", 1));
        parks.two(5, Parks.park("y", "Dune", 1));
        parks.one(
                5,
                Parks.park("a", "Acre", 2),
                Parks.park("b", "Beach", 1),
                Parks.park("c", "Cape", 1),
                Parks.park("d", "Dune", 1));
        parks.findCopies();
        exported(lake);
        requireEqual(lake, 1, 3, 5);

        // So many of changes follow a whole one, and what a removed source had is not read any more.
        TestDatabase.execute(
                "update harvest.sources set removed_at = now(), is_active = false where name = 'two.example'");
        TestDatabase.execute("delete from harvest.copies");
        JsonNode again = exported(lake);
        assertThat(again.path("kind").asText()).isEqualTo("whole");
        assertThat(rows(again, "two.example")).isEmpty();
        assertThat(rows(again, "one.example")).hasSize(1);
    }

    @Test
    void what_was_under_way_during_an_export_is_in_the_next_one() throws Exception {
        Lake lake = folder();
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("update harvest.datasets set title = 'Late', description = 'About Late', changed_at = '"
                            + NOON.formatted(4) + "', last_changed_at = changed_at where key = 'y'");
            // A later transaction that ends before it.
            parks.one(4, Parks.park("a", "Early", 1), Parks.park("b", "Bay", 1), Parks.park("c", "Cape", 1));
            exported(lake);
            other.commit();
        }
        assertThat(exported(lake).path("kind").asText()).isEqualTo("changes");
        requireEqual(lake, 5);
        assertThat(lake.duckdb(NOON.formatted(5), "select 1").get(1)).contains("two.example|y|Late");
    }

    private static List<Long> rows(JsonNode manifest, String source) {
        List<Long> rows = new ArrayList<>();
        manifest.path("files").forEach(file -> {
            if (file.path("source").asText().equals(source)) {
                rows.add(file.path("rows").asLong());
            }
        });
        return rows;
    }

    @Test
    void old_exports_go_but_nothing_that_a_newer_one_lists() throws Exception {
        Lake lake = folder();
        String first = exported(lake).path("export").asText();
        Set<String> present = lake.present();
        JsonNode same = exported(lake);
        assertThat(same.path("kind").asText()).isEqualTo("changes");
        assertThat(lake.present())
                .as("nothing has changed, so nothing is written but the manifest")
                .hasSize(present.size() + 1)
                .containsAll(present);
        for (int day = 2; day < 7; day++) {
            parks.one(day, Parks.park("a", "Acre " + day, 1), Parks.park("b", "Bay", 1), Parks.park("c", "Cape", 1));
            JsonNode latest = exported(lake);
            assertThat(latest.path("exports")).hasSize(2);
        }
        assertThat(lake.present()).doesNotContain("exports/" + first + ".json");

        // As an export leaves it that ended after it was seen, and before it had removed what nobody needs.
        Path stray = lake.root().resolve("copies/day=2025-01-01/stray.parquet");
        Files.createDirectories(stray.getParent());
        Files.writeString(stray, "needed by none");
        String newest = "exports/" + lake.latest().path("export").asText() + ".json";
        Files.writeString(
                lake.root().resolve("open.json"),
                "{\"paths\": [\"%s\", \"%s\", \"%s\"]}"
                        .formatted(
                                lake.root().relativize(stray),
                                newest,
                                lake.listed().iterator().next()));
        exported(lake);
        assertThat(lake.present()).contains(newest);
        requireEqual(lake, 1, 4, 6);
    }

    @Test
    void a_killed_export_goes_on_with_what_it_has_put_and_removes_what_has_no_use() throws Exception {
        Lake lake = bucket();
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            // Its plan does not read them, the states do: copies and sources are put, and the rest is not.
            other.createStatement().execute("lock table harvest.distributions in access exclusive mode");
            Map<String, String> environment = new HashMap<>(settings());
            environment.put("aws.access.key.id", ObjectStorage.KEY);
            environment.put("aws.secret.access.key", ObjectStorage.SECRET);
            environment.put("aws.request.checksum.calculation", "when_required");
            try (CrawlProcess export = CrawlProcess.command(environment, List.of("export", "--to", uri(lake)))) {
                Await.until(
                        "two files are put",
                        () -> (Files.exists(lake.root()) ? lake.present() : "") + export.standardError(),
                        seen -> seen.contains("sources/day") || export.hasEnded());
                assertThat(export.standardError()).doesNotContain("The run failed");
                export.kill();
                Leases.end(export);
                assertThat(export.standardError()).doesNotContain(ObjectStorage.SECRET);
            }
            other.rollback();
        }
        assertThat(lake.latest()).isNull();
        Set<String> left = new TreeSet<>(lake.present());
        assertThat(left).hasSize(3).contains("open.json");
        TestDatabase.execute("update harvest.sources set title = 'One'");
        String copies = left.iterator().next();
        Object written = Files.getLastModifiedTime(lake.root().resolve(copies));
        Map<String, Object> run = export(lake);
        assertThat(run).as(run.toString()).containsEntry("status", "succeeded");
        assertThat(run.get("note")).asString().contains("3 of the files", "1 were there");
        assertThat(lake.problems()).isEmpty();
        assertThat(lake.listed()).contains(copies);
        assertThat(Files.getLastModifiedTime(lake.root().resolve(copies))).isEqualTo(written);
        requireEqual(lake, 1);
    }

    @Test
    void a_bucket_that_refuses_is_told_with_what_to_do() {
        assertThat(service.ask("export-lake", new LakeOrder("s3://nowhere/lake", false, "test")))
                .containsEntry("status", "failed")
                .extractingByKey("error")
                .asString()
                .contains("s3://nowhere/lake", "NoSuchBucket", "Make it, or name another one");
        key(ObjectStorage.KEY, "wrong-secret");
        assertThat(service.ask("export-lake", new LakeOrder("s3://" + BUCKET + "/other", false, "test")))
                .containsEntry("status", "failed")
                .extractingByKey("error")
                .asString()
                .contains("SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY")
                .doesNotContain("wrong-secret");
    }

    @Test
    void a_server_that_knows_nothing_has_taken_nothing() {
        Map<String, String> elsewhere = new HashMap<>(settings());
        try (PostedTo server = PostedTo.start()) {
            server.answer(404);
            elsewhere.put("export.lake.endpoint", server.url());
            try (Service other = Service.start(
                    Defaults.settings().with(elsewhere), TestDatabase.get(), Map.of(), Routes.of("export"))) {
                Map<String, Object> run =
                        other.ask("export-lake", new LakeOrder("s3://" + BUCKET + "/x", false, "test"));
                assertThat(run).as(run.toString()).containsEntry("status", "failed");
                assertThat(run.get("error")).asString().contains("HTTP 404", "export.lake.endpoint");
            }
            assertThat(server.posts()).extracting(PostedTo.Post::method).contains("PUT");
        }
    }

    @Test
    void a_whole_export_makes_again_what_was_lost_of_a_lake() throws Exception {
        for (Lake lake : List.of(folder(), bucket())) {
            exported(lake);
            List<String> states = lake.listed().stream()
                    .filter(path -> path.startsWith("states"))
                    .toList();
            Files.delete(lake.root().resolve(states.get(0)));
            Files.writeString(lake.root().resolve(states.get(1)), "cut off");
            Map<String, Object> run = service.ask("export-lake", new LakeOrder(uri(lake), true, "test"));
            assertThat(run).as(run.toString()).containsEntry("status", "succeeded");
            assertThat(run.get("note")).asString().contains("2 of the files", "2 were there");
            requireEqual(lake, 1);
        }
    }

    @Test
    void a_database_that_was_set_back_begins_with_a_whole_export() throws Exception {
        Lake lake = folder();
        exported(lake);
        Path latest = lake.root().resolve("latest.json");
        Files.writeString(
                latest, Files.readString(latest).replaceFirst("\"position\":\\d+", "\"position\":4000000000000"));
        assertThat(exported(lake).path("kind").asText()).isEqualTo("whole");
        requireEqual(lake, 1);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_export_that_was_taken_for_dead_removes_nothing_more() throws Exception {
        Lake lake = folder();
        Path first =
                lake.root().resolve("exports/" + exported(lake).path("export").asText() + ".json");
        String manifest = Files.readString(first);
        parks.change();
        exported(lake);
        // What it reads before it removes answers once it was taken for dead.
        Files.delete(first);
        assertThat(new ProcessBuilder("mkfifo", first.toString()).start().waitFor())
                .isZero();
        Set<String> left;
        CompletableFuture<Map<String, Object>> run = CompletableFuture.supplyAsync(() -> export(lake));
        try (OutputStream answer = Files.newOutputStream(first)) {
            left = lake.present();
            TestDatabase.execute("update ops.runs set status = 'abandoned', finished_at = heartbeat_at,"
                    + " error = 'taken for dead' where status = 'running'");
            answer.write(manifest.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run.get()).containsEntry("status", "abandoned");
        assertThat(lake.present()).isEqualTo(left).contains("open.json");
    }
}
