package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.decode.Decoder;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.support.HarvestWalk;
import dev.catchment.support.Mappings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The mappings over bytes of real portals, against numbers that were counted without them; skipped where these are absent. */
class RecordedMappingsTest {
    private static final Path DATA = Path.of("../shared/data/portals");

    @Test
    void ckan_of_Brazil() throws IOException {
        List<JsonNode> datasets = new Mappings("ckan", "pt")
                .of(recorded("ckan/catalog_read_packages_by_group_id-1.json.gz").at("/result/results"));
        assertThat(datasets).hasSize(800);
        assertThat(count(datasets, "/title")).isEqualTo(800);
        assertThat(count(datasets, "/description")).isEqualTo(798);
        assertThat(count(datasets, "/modified_at")).isEqualTo(800);
        assertThat(count(datasets, "/license")).isEqualTo(795);
        assertThat(count(datasets, "/license_uri")).isEqualTo(718);
        assertThat(count(datasets, "/harvested_from")).isEqualTo(653);
        assertThat(sizes(datasets, "/keywords")).isEqualTo(1_949);
        assertThat(sizes(datasets, "/themes")).isEqualTo(7);
        assertThat(sizes(datasets, "/distributions")).isEqualTo(8_006);
        assertThat(formats(datasets, "csv")).isEqualTo(4_185);
        assertThat(bytes(datasets)).isEqualTo(87_466_125_306L);
    }

    @Test
    void data_json_of_federal_agencies() throws IOException {
        Mappings dcat = new Mappings("dcat-us", null);
        List<JsonNode> dol =
                dcat.of(recorded("dcat-us/dol/02_2025-02-01T150216.json.gz").get("dataset"));
        assertThat(List.of(dol.size(), count(dol, "/license"), without(dol), sizes(dol, "/distributions")))
                .containsExactly(465, 46, 356, 116);
        List<JsonNode> dhs =
                dcat.of(recorded("dcat-us/dhs/02_2025-02-01T150216.json.gz").get("dataset"));
        assertThat(List.of(dhs.size(), count(dhs, "/license"), without(dhs), sizes(dhs, "/distributions")))
                .containsExactly(1_093, 1_093, 900, 193);
        List<JsonNode> energy =
                dcat.of(recorded("dcat-us/energy/09_2025-02-04T091156.json.gz").get("dataset"));
        assertThat(List.of(energy.size(), count(energy, "/license"), without(energy), sizes(energy, "/distributions")))
                .containsExactly(482, 451, 23, 760);
        assertThat(count(energy, "/modified_at")).isEqualTo(482);
        assertThat(energy.stream()
                        .filter(dataset -> dataset.at("/modified").asText().length() == 4))
                .hasSize(2);
        assertThat(List.of(count(energy, "/temporal_from"), count(energy, "/temporal_to")))
                .containsExactly(413, 413);
        List<JsonNode> cms =
                dcat.of(recorded("dcat-us/cms/05_2025-02-01T150216.json.gz").get("dataset"));
        assertThat(List.of(cms.size(), sizes(cms, "/distributions"), count(cms, "/temporal_from")))
                .containsExactly(139, 4_040, 139);
    }

    @Test
    void chicago_meets_the_catalogue_of_Socrata_in_231_ids() throws IOException {
        List<JsonNode> datasets = new Mappings("dcat-us", null)
                .of(recorded("dcat-us/chicago/12c-01_20200722.json.gz").get("dataset"));
        Set<String> ids = new HashSet<>();
        datasets.forEach(dataset -> ids.add(dataset.at("/platform_id").asText()));
        assertThat(datasets).hasSize(801);
        assertThat(ids).hasSize(801).allMatch(id -> id.matches("[2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4}"));
        assertThat(without(datasets)).isEqualTo(3);
        assertThat(count(datasets, "/license")).isZero();
        Path discovery = DATA.resolve("../discovery/assets-us-2022-07-23.jsonl.gz");
        Set<String> known = new HashSet<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(discovery))) {
            new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> known.add(json(line).at("/resource/id").asText()));
        }
        ids.retainAll(known);
        assertThat(ids).hasSize(231);
    }

    @Test
    void feeds_of_ArcGIS_Hub_on_three_dates() throws IOException {
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(hub(dcat, "20200804")).containsExactly(11_479, 7_405, 11_479, 11_293, 50_881);
        assertThat(hub(dcat, "20211231")).containsExactly(11_932, 7_561, 11_932, 11_403, 51_443);
        assertThat(hub(dcat, "20220130")).containsExactly(11_646, 7_358, 781, 11_063, 50_128);
    }

    @Test
    void re3data_in_1997_rows_of_1996_ids() throws IOException {
        Mappings re3data = new Mappings("jsonapi-re3data", null);
        List<String> pointers = KindFile.read(
                        "jsonapi-re3data.kind.yaml", Files.readString(Path.of("kinds/jsonapi-re3data.kind.yaml")))
                .kind()
                .key()
                .at();
        Set<String> keys = new HashSet<>();
        Set<String> dois = new HashSet<>();
        int rows = 0;
        for (int page = 1; page <= 2; page++) {
            JsonNode raw =
                    recorded("datacite-re3data/page-%d.json.gz".formatted(page)).get("data");
            raw.forEach(row -> pointers.stream()
                    .filter(pointer -> row.at(pointer).isTextual())
                    .findFirst()
                    .ifPresent(pointer -> keys.add(row.at(pointer).asText())));
            List<JsonNode> records = re3data.of(raw);
            rows += records.size();
            assertThat(records)
                    .allMatch(record -> record.at("/record_type").asText().equals("record"));
            assertThat(count(records, "/title")).isEqualTo(records.size());
            records.forEach(record -> dois.add(record.at("/persistent_ids/0").asText()));
        }
        assertThat(rows).isEqualTo(1_997);
        assertThat(keys).hasSize(1_996);
        dois.remove("");
        assertThat(dois).hasSize(1_995).allMatch(doi -> doi.startsWith("doi:10.17616/"));
    }

    @Test
    void udata_of_France() throws IOException {
        ArrayNode records = HarvestWalk.JSON.createArrayNode();
        for (JsonNode recorded : recorded("udata/results.json.gz").get("datasets")) {
            ObjectNode record = recorded.get("dataset").deepCopy();
            record.set("organization", recorded.get("organization"));
            record.set("resources", recorded.get("resources"));
            records.add(record);
        }
        List<JsonNode> datasets = new Mappings("udata", "fr").of(records);
        assertThat(datasets).hasSize(15);
        assertThat(List.of(
                        count(datasets, "/title"), count(datasets, "/modified_at"), count(datasets, "/harvested_from")))
                .containsExactly(15, 15, 3);
        int resources = 0;
        for (JsonNode record : records) {
            resources += record.get("resources").size();
        }
        assertThat(sizes(datasets, "/distributions")).isEqualTo(resources);
    }

    @Test
    void small_shapes_of_ArcGIS_Hub_and_Opendatasoft() throws IOException {
        List<JsonNode> items = new Mappings("arcgis-hub", "en")
                .of(recorded("shapes/arcgis_items.json").get("features"));
        assertThat(items.get(0).at("/service_urls/0").asText())
                .isEqualTo("services.arcgis.com/AbCdEfGhIjKlMnOp/arcgis/rest/services/Remarkable_Trees/FeatureServer");
        assertThat(items.get(0).at("/bbox").toString()).isEqualTo("[-77.12,38.79,-76.9,38.996]");
        assertThat(items.get(0).at("/modified_at").asText()).isEqualTo("2026-03-14T09:26:53+00:00");
        assertThat(items.get(1).at("/title").asText()).isEqualTo("budget_lookup_2026.csv");
        List<JsonNode> datasets = new Mappings("opendatasoft", "fr")
                .of(recorded("shapes/opendatasoft_catalog.json").get("results"));
        assertThat(datasets.get(0).at("/license").asText()).isEqualTo("Open Database License (ODbL)");
        assertThat(datasets.get(0).at("/distributions").size()).isEqualTo(6);
        assertThat(datasets.get(1).at("/title").asText()).isEqualTo("budget-2026");
    }

    @Test
    void csw_in_pages_of_two_and_one_record_alone() throws IOException {
        Mappings csw = new Mappings("csw", "fr");
        Set<String> keys = new HashSet<>();
        for (int page : new int[] {1, 3, 5}) {
            JsonNode answer = decoded("xml", "csw/geonetwork-iso19139-page-%d.xml.gz".formatted(page))
                    .at("/GetRecordsResponse/SearchResults");
            assertThat(answer.at("/@numberOfRecordsMatched").asText()).isEqualTo("6");
            JsonNode records = answer.get("MD_Metadata");
            assertThat(records).hasSize(2);
            records.forEach(record ->
                    keys.add(record.at("/fileIdentifier/CharacterString").asText()));
            List<JsonNode> mapped = csw.of(records);
            assertThat(count(mapped, "/title")).isEqualTo(2);
            assertThat(count(mapped, "/description")).isEqualTo(2);
            assertThat(count(mapped, "/modified_at")).isEqualTo(2);
            assertThat(count(mapped, "/publisher")).isEqualTo(2);
            assertThat(mapped)
                    .allMatch(record -> record.at("/languages").toString().equals("[\"fr\"]"));
        }
        assertThat(keys).hasSize(6);
        JsonNode first = csw.of(decoded("xml", "csw/geonetwork-iso19139-page-1.xml.gz")
                        .at("/GetRecordsResponse/SearchResults/MD_Metadata"))
                .get(0);
        assertThat(first.at("/title").asText()).isEqualTo("Plan local d'urbanisme de la commune de Cartigny");
        assertThat(first.at("/issued").asText()).isEqualTo("2017-10-07");
        assertThat(first.at("/bbox").size()).isEqualTo(4);
        assertThat(first.at("/record_type").asText()).isEqualTo("dataset");
    }

    @Test
    void dcat_ap_of_three_forms() throws IOException {
        Mappings dcat = new Mappings("dcat-ap", null);
        for (String file : List.of("flat", "nested", "bnodes")) {
            List<JsonNode> datasets =
                    dcat.of(decoded("json-ld", "dcat-ap/" + file + ".jsonld.gz").get("records"));
            assertThat(count(datasets, "/title")).as(file).isEqualTo(file.equals("nested") ? 1 : 3);
            assertThat(datasets)
                    .as(file)
                    .anyMatch(dataset -> dataset.at("/publisher").asText().equals("An Organization"));
            assertThat(datasets)
                    .as(file)
                    .anyMatch(dataset ->
                            dataset.at("/distributions/0/format").asText().equals("json"));
            assertThat(datasets)
                    .as(file)
                    .allMatch(dataset -> dataset.at("/modified_at").asText().startsWith("2016-12-14T19:01:24"));
        }
    }

    /** Rows, those with a service, with a platform id, with a box, and distributions of all portals of a date. */
    private static List<Integer> hub(Mappings dcat, String date) throws IOException {
        int[] sums = new int[5];
        try (Stream<Path> files = list(DATA.resolve("arcgis-hub").resolve(date))) {
            for (Path file : files.sorted().toList()) {
                List<JsonNode> datasets = dcat.of(json(file).get("dataset"));
                sums[0] += datasets.size();
                sums[1] += (int) datasets.stream()
                        .filter(dataset -> !dataset.at("/service_urls").isEmpty())
                        .count();
                sums[2] += count(datasets, "/platform_id");
                sums[3] += count(datasets, "/bbox");
                sums[4] += sizes(datasets, "/distributions");
            }
        }
        return java.util.Arrays.stream(sums).boxed().toList();
    }

    private static Stream<Path> list(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.exists(folder), "the recorded portals are not there");
        return Files.list(folder);
    }

    private static int count(List<JsonNode> datasets, String pointer) {
        return (int) datasets.stream()
                .filter(dataset -> !dataset.at(pointer).isMissingNode())
                .count();
    }

    private static int sizes(List<JsonNode> datasets, String pointer) {
        return datasets.stream().mapToInt(dataset -> dataset.at(pointer).size()).sum();
    }

    private static int without(List<JsonNode> datasets) {
        return (int) datasets.stream()
                .filter(dataset -> dataset.at("/distributions").isEmpty())
                .count();
    }

    private static int formats(List<JsonNode> datasets, String format) {
        int formats = 0;
        for (JsonNode dataset : datasets) {
            for (JsonNode distribution : dataset.at("/distributions")) {
                formats += distribution.path("format").asText().equals(format) ? 1 : 0;
            }
        }
        return formats;
    }

    private static long bytes(List<JsonNode> datasets) {
        long bytes = 0;
        for (JsonNode dataset : datasets) {
            for (JsonNode distribution : dataset.at("/distributions")) {
                bytes += distribution.path("bytes").asLong();
            }
        }
        return bytes;
    }

    private static JsonNode decoded(String form, String file) throws IOException {
        return HarvestWalk.JSON.readTree(Decoder.named(form).json(bytes(DATA.resolve(file))));
    }

    private static JsonNode recorded(String file) throws IOException {
        return json(DATA.resolve(file));
    }

    private static JsonNode json(Path file) throws IOException {
        return HarvestWalk.JSON.readTree(bytes(file));
    }

    private static byte[] bytes(Path file) throws IOException {
        Assumptions.assumeTrue(Files.exists(file), "the recorded portals are not there");
        try (InputStream in = Files.newInputStream(file)) {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        }
    }

    private static JsonNode json(String line) {
        try {
            return HarvestWalk.JSON.readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
