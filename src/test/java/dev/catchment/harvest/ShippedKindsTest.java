package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.decode.Decoder;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kinds in the folder kinds, and the schema that they are held to. */
class ShippedKindsTest {
    private static final Path FOLDER = Path.of("kinds");
    private static final String RIGHT = """
            kind: made-up
            title: Made up
            request: { url: "{source.url}/list" }
            page: { by: offset, params: { from: start }, end: [empty-page] }
            records: /items
            key: { at: [/id] }
            """;

    static List<String> kinds() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".kind.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void ten_kinds_ship() throws IOException {
        assertThat(kinds())
                .extracting(name -> name.replace(".kind.yaml", ""))
                .contains(
                        "arcgis-hub",
                        "ckan",
                        "csw",
                        "dataverse",
                        "dcat-ap",
                        "dcat-us",
                        "jsonapi-re3data",
                        "opendatasoft",
                        "socrata-discovery",
                        "udata");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_kind_that_ships_fits_the_schema_and_its_mapping_the_columns(String name) throws IOException {
        KindFile file = KindFile.read(name, Files.readString(FOLDER.resolve(name)));
        assertThat(file.problems()).isEmpty();
        assertThat(Decoder.named(file.kind().decode())).isNotNull();
        Path mapping = FOLDER.resolve(file.name() + ".sql");
        if (file.kind().room() == null) {
            TestDatabase.get();
            assertThat(TestDatabase.text("select harvest.query_of(?)", Files.readString(mapping)))
                    .contains("from");
        } else {
            assertThat(mapping).doesNotExist();
        }
    }

    @Test
    void the_least_that_a_kind_has_to_say_is_enough() {
        assertThat(KindFile.read("made-up.kind.yaml", RIGHT).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "title: Made up | titel: Made up | titel | title",
                "by: offset, params: { from: start }, end | by: offset, end | page.params | from, size",
                "by: offset, params: { from: start } | by: cursor, params: { from: after } | page.next | JSON Pointer",
                "by: offset, params: { from: start }, end: [empty-page] | by: offset, params: { from: start } | page.end | empty-page",
                "by: offset, params: { from: start }, end: [empty-page] | by: single, size: 10 | page.size | single document",
                "by: offset, params: { from: start }, end: [empty-page] | by: link, next: /next, end: [no-next], window: 10 | page.window | unless",
                "end: [empty-page] | end: [no-next] | page.next | JSON Pointer",
                "end: [empty-page] | end: [empty-page], window: 10000, beyond: { order: {}, query: {} } | page.beyond.bound | JSON Pointer",
                "request: { url: \"{source.url}/list\" } | request: { url: /list } | request.url | {source.url}",
                "records: /items | records: items | records | JSON Pointer",
                "key: { at: [/id] } | key: { at: [id] } | key.at | JSON Pointer",
            })
    void what_a_kind_must_not_say_is_refused_with_its_place(String right, String wrong, String place, String allowed) {
        String text = RIGHT.replace(right, wrong);
        assertThat(text).isNotEqualTo(RIGHT);
        List<KindFile.Problem> problems =
                KindFile.read("made-up.kind.yaml", text).problems();
        assertThat(problems).isNotEmpty();
        assertThat(problems.toString()).contains(place).contains(allowed);
    }

    /** What their makers say: {@code startindex + limit <= 10000}, and {@code offset + limit < 10000}. */
    @Test
    void no_page_ends_beyond_the_window_of_its_api() throws IOException {
        for (String name : List.of("arcgis-hub", "opendatasoft")) {
            String file = name + ".kind.yaml";
            Kind.Page page = KindFile.read(file, Files.readString(FOLDER.resolve(file)))
                    .kind()
                    .page();
            long lastAsked = page.window() + Long.parseLong(page.first());
            assertThat(lastAsked).as(name).isLessThanOrEqualTo(name.equals("arcgis-hub") ? 10_000 : 9_999);
        }
    }

    @Test
    void a_secret_has_no_place_among_the_headers_of_a_kind() {
        String text = RIGHT.replace("/list\" }", "/list\", headers: { Authorization: \"Bearer x\" } }");
        assertThat(KindFile.read("made-up.kind.yaml", text).problems()).isNotEmpty();
    }

    @Test
    void parents_are_a_list_or_a_call() {
        assertThat(problems("parents: { list: [a, b] }")).isEmpty();
        assertThat(problems("parents: { url: \"{source.url}/o\", records: \"\", key: /slug }"))
                .isEmpty();
        assertThat(
                        problems(
                                "parents: { url: \"{source.url}/o\", records: /o, key: /slug, total: /n, page: { by: offset, params: { from: start }, end: [total] } }"))
                .isEmpty();
        assertThat(problems("parents: { url: \"{source.url}/o\", records: /o, key: /slug, page: { by: offset } }")
                        .toString())
                .contains("parents.page.end");
        assertThat(problems("parents: { list: [a], page: { by: link, next: /n, end: [no-next] } }"))
                .isNotEmpty();
        assertThat(problems("parents: { list: [a], url: \"{source.url}/o\" }")).isNotEmpty();
        assertThat(problems("parents: { url: \"{source.url}/o\" }")).isNotEmpty();
    }

    @Test
    void the_readme_names_every_key_of_the_schema() throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(FOLDER.resolve("kind.schema.json").toFile());
        Set<String> keys = new TreeSet<>();
        collect(schema.get("properties"), "", keys);
        String readme = Files.readString(FOLDER.resolve("README.md"));
        assertThat(keys).hasSizeGreaterThan(60);
        assertThat(keys.stream()
                        .filter(key -> !readme.contains("`" + key + "`"))
                        .collect(Collectors.toList()))
                .isEmpty();
    }

    @Test
    void every_key_of_the_schema_is_described() throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(FOLDER.resolve("kind.schema.json").toFile());
        Set<String> keys = new TreeSet<>();
        collect(schema.get("properties"), "", keys);
        assertThat(keys).allSatisfy(key -> {
            JsonNode rule = schema;
            for (String step : key.split("\\.")) {
                rule = rule.get("properties").get(step);
            }
            assertThat(rule.path("description").asText()).as(key).isNotBlank();
        });
    }

    private static List<KindFile.Problem> problems(String more) {
        return KindFile.read("made-up.kind.yaml", RIGHT + more + "\n").problems();
    }

    private static void collect(JsonNode properties, String above, Set<String> keys) {
        properties.properties().forEach(field -> {
            keys.add(above + field.getKey());
            if (field.getValue().has("properties")) {
                collect(field.getValue().get("properties"), above + field.getKey() + ".", keys);
            }
        });
    }
}
