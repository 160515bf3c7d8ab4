package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.walk.DocumentWalk;
import dev.catchment.flow.walk.RecordPage;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.Spool;
import dev.catchment.support.HarvestWalk;
import dev.catchment.support.HarvestWalk.Row;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Portals as they were recorded: whose ids change, who flaps, and what the operators counted themselves. */
class RecordedPortalsTest {
    static final Path DATA = Path.of("../shared/data/portals");
    private static final int PAGE = 500;

    @BeforeEach
    void empty() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "the recorded portals are not here: " + DATA);
        TestDatabase.empty();
        HarvestWalk.kind("dcat-us", Files.readString(Path.of("kinds/dcat-us.sql")), "{\"noise\":[\"/modified\"]}");
    }

    /** The portals of a date by their code. */
    private static Map<String, Path> portals(String date) throws IOException {
        try (Stream<Path> files = Files.list(DATA.resolve("arcgis-hub").resolve(date))) {
            Map<String, Path> portals = new TreeMap<>();
            files.forEach(file -> portals.put(file.getFileName().toString().replace(".json.gz", ""), file));
            return portals;
        }
    }

    /** The datasets of a data.json. */
    static List<Row> rows(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode dataset : HarvestWalk.JSON.readTree(in).path("dataset")) {
                rows.add(new Row(dataset.path("identifier").asText(), dataset.toString(), null));
            }
        }
        return rows;
    }

    /** A walk from the first row to the last, which ends well. */
    static void walk(long source, String now, List<Row> rows) {
        HarvestWalk walk = HarvestWalk.begin(source, now);
        for (int i = 0; i < rows.size(); i += PAGE) {
            Map<String, Row> once = new LinkedHashMap<>();
            rows.subList(i, Math.min(i + PAGE, rows.size())).forEach(row -> once.putIfAbsent(row.key(), row));
            walk.from(i + 1).page(List.copyOf(once.values()), "[]");
        }
        walk.from(rows.size() + 1).end();
    }

    private static void walkBoth(String from, String to) throws IOException {
        Map<String, Path> later = portals(to);
        for (Map.Entry<String, Path> portal : portals(from).entrySet()) {
            if (later.containsKey(portal.getKey())) {
                long source = HarvestWalk.source(portal.getKey(), "dcat-us");
                walk(source, "2025-01-01T00:00:00Z", rows(portal.getValue()));
                walk(source, "2025-02-01T00:00:00Z", rows(later.get(portal.getKey())));
            }
        }
    }

    /** In the last walk of each source; a dataset that has another key now went by its old one. */
    private static final String GONE =
            "select count(*) from harvest.datasets d left join harvest.sightings s using (source_id, key)"
                    + " where s.run_id is distinct from (select max(run_id) from harvest.walks w where w.source_id = d.source_id)";

    @ParameterizedTest
    @CsvSource({"20200804, 20200918, 94.5", "20211231, 20220130, 97.0"})
    void datasets_whose_portals_changed_their_ids_keep_id_and_history(String from, String to, double least)
            throws IOException {
        long begun = System.nanoTime();
        walkBoth(from, to);
        long kept = number("select count(*) from harvest.renames");
        long lost = number(GONE);
        String measured = String.format(
                "%s to %s: %d of %d kept, %.1f %%; %s; ambiguous %s; %d s",
                from,
                to,
                kept,
                kept + lost,
                100.0 * kept / (kept + lost),
                texts("select rule || ' ' || count(*) from harvest.renames group by rule order by 1"),
                texts(
                        "select rule || ' ' || sum(cardinality(old_keys)) from harvest.ambiguities group by rule order by 1"),
                (System.nanoTime() - begun) / 1_000_000_000);
        LoggerFactory.getLogger(RecordedPortalsTest.class).info(measured);
        assertThat(100.0 * kept / (kept + lost)).isGreaterThanOrEqualTo(least);
        assertThat(number("select count(*) from harvest.renames r join harvest.versions v using (dataset_id)"
                        + " join harvest.datasets d on d.id = dataset_id"
                        + " where v.cause = 'renamed' and v.key = r.old_key and d.key = r.new_key"
                        + " and d.first_seen_at < r.renamed_at"))
                .isEqualTo(kept);
        assertThat(number("select count(*) from harvest.records where dataset_id is null"))
                .isZero();
        assertDoubtful();
    }

    /** What is listed as ambiguous is what is left when all rules have spoken: no key of it was joined by another. */
    private static void assertDoubtful() {
        assertThat(texts("select key from harvest.ambiguities a cross join unnest(old_keys) key"
                        + " join harvest.renames r on r.source_id = a.source_id and r.old_key = key"
                        + " union all"
                        + " select key from harvest.ambiguities a cross join unnest(new_keys) key"
                        + " join harvest.renames r on r.source_id = a.source_id and r.new_key = key"))
                .isEmpty();
    }

    @Test
    void an_ordinary_month_joins_nothing_whose_platform_ids_differ() throws IOException {
        walkBoth("20211122", "20211231");
        assertThat(number("select count(*) from harvest.renames")).isPositive();
        assertDoubtful();
        assertThat(texts("select v.key || ' > ' || d.key from harvest.renames r"
                        + " join harvest.versions v on v.dataset_id = r.dataset_id and v.cause = 'renamed'"
                        + " join harvest.datasets d on d.id = r.dataset_id"
                        + " where left(v.state ->> 'platform_id', 32) <> left(d.platform_id, 32)"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20200804", "20200918", "20211122", "20211231", "20220130"})
    void raw_rows_are_what_the_operators_counted(String date, @TempDir Path folder) throws IOException {
        Map<String, String> totals = new TreeMap<>();
        for (String line :
                Files.readAllLines(DATA.resolve("arcgis-hub/reports/portal_status_report_" + date + ".csv"))) {
            String[] cells = line.split(",");
            totals.put(cells[0], cells[1]);
        }
        Map<String, String> rows = new TreeMap<>();
        for (Map.Entry<String, Path> portal : portals(date).entrySet()) {
            rows.put(portal.getKey(), String.valueOf(rawRows(portal.getValue(), folder.resolve("data.json"))));
        }
        assertThat(rows).hasSizeGreaterThan(40);
        totals.keySet().retainAll(rows.keySet());
        assertThat(rows).isEqualTo(totals);
    }

    /** What a walk of the document counts, as harvest.walks has it. */
    private static long rawRows(Path packed, Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        String url = "https://example.org/data.json";
        Spool spool = new Spool(file, Long.MAX_VALUE, "no setting", 0, "no setting");
        HttpAnswer came = new HttpAnswer(url, 200, Map.of(), 1, Instant.EPOCH, 1, Files.size(file), null);
        try (DocumentWalk walk =
                new DocumentWalk(new Kinds("").get("dcat-us").kind(), url, spool, RecordReader.LARGEST, null)) {
            walk.take(walk.open(came, PAGE).content(RecordPage.class));
            while (!walk.isAtEnd()) {
                walk.take(walk.readOn(PAGE).content(RecordPage.class));
            }
            return walk.rowsOfPass();
        }
    }

    @Test
    void a_source_that_flaps_between_480_and_482_retires_nothing() throws IOException {
        long source = HarvestWalk.source("energy", "dcat-us");
        List<Path> versions;
        try (Stream<Path> files = Files.list(DATA.resolve("dcat-us/energy"))) {
            versions = files.sorted().toList();
        }
        assertThat(versions).hasSize(9);
        for (int i = 0; i < versions.size(); i++) {
            walk(source, "2025-02-0%dT00:00:00Z".formatted(i + 1), rows(versions.get(i)));
        }
        assertThat(number("select count(*) from harvest.datasets where retired_at is not null"))
                .isZero();
        assertThat(number("select count(*) from harvest.datasets")).isEqualTo(482);
        assertThat(number("select count(*) from harvest.records where missed_run_id is not null"))
                .isPositive();
    }

    @Test
    void datasets_of_chicago_are_known_as_those_of_the_discovery_api() throws IOException {
        HarvestWalk.kind("discovery", "select raw #>> '{resource,id}' as platform_id", "{}");
        long source = HarvestWalk.source("chicago", "dcat-us");
        try (Stream<Path> files = Files.list(DATA.resolve("dcat-us/chicago"))) {
            walk(
                    source,
                    "2025-01-01T00:00:00Z",
                    rows(files.max(java.util.Comparator.naturalOrder()).orElseThrow()));
        }
        Map<String, Row> assets = new LinkedHashMap<>();
        Path recorded = DATA.resolve("../discovery/assets-us-2022-07-23.jsonl.gz");
        try (java.io.BufferedReader lines = new java.io.BufferedReader(new java.io.InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recorded)), java.nio.charset.StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String id = HarvestWalk.JSON.readTree(line).at("/resource/id").asText();
                assets.putIfAbsent(id, Row.of(id, "{\"resource\":{\"id\":\"%s\"}}".formatted(id)));
            }
        }
        walk(HarvestWalk.source("discovery", "discovery"), "2025-01-01T00:00:00Z", List.copyOf(assets.values()));
        assertThat(TestDatabase.get().rows("harvest/find-copies", Map.of()).toString())
                .isEqualTo("[{rule=4x4, found=231, lost=0}]");
        assertThat(number("select count(*) from harvest.distinct_datasets"))
                .isEqualTo(number("select count(*) from harvest.datasets") - 231);
    }
}
