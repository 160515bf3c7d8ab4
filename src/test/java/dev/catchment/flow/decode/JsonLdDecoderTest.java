package dev.catchment.flow.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class JsonLdDecoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DATA = Path.of("../shared/data/portals/dcat-ap");
    private static final String FORMS = """
            {'@id': 'https://example.org/d/1', '@type': 'dcat:Dataset', 'dct:title': 'Trees',
             'dcat:distribution': {'@type': 'dcat:Distribution', 'dct:format': 'CSV'}}""";

    private final Decoder decoder = Decoder.named("json-ld");

    @Test
    void flat_nested_and_blank_nodes_give_the_same_record() throws Exception {
        String context = "'@context': {'dcat': 'http://www.w3.org/ns/dcat#', 'dct': 'http://purl.org/dc/terms/'}";
        JsonNode nested = json("{%s, '@graph': [%s]}".formatted(context, FORMS));
        JsonNode flat = json("""
                {%s, '@graph': [
                  {'@id': '_:x', '@type': 'dcat:Distribution', 'dct:format': 'CSV'},
                  {'@id': 'https://example.org/d/1', '@type': 'dcat:Dataset', 'dct:title': 'Trees',
                   'dcat:distribution': {'@id': '_:x'}}]}""".formatted(context));
        JsonNode expanded = json("""
                [{'@id': 'https://example.org/d/1', '@type': ['http://www.w3.org/ns/dcat#Dataset'],
                  'http://purl.org/dc/terms/title': [{'@value': 'Trees'}],
                  'http://www.w3.org/ns/dcat#distribution': [{'@id': '_:n'}]},
                 {'@id': '_:n', '@type': ['http://www.w3.org/ns/dcat#Distribution'],
                  'http://purl.org/dc/terms/format': [{'@value': 'CSV'}]}]""");
        assertThat(nested)
                .isEqualTo(JSON.readTree("{'records': [%s]}".formatted(FORMS).replace('\'', '"')));
        assertThat(flat).isEqualTo(nested);
        assertThat(expanded).isEqualTo(nested);
    }

    @Test
    void the_terms_of_the_usual_contexts_are_known_without_asking_for_them() throws Exception {
        JsonNode page = json("""
                {'@context': 'https://www.w3.org/ns/dcat.jsonld', '@graph': [
                  {'@id': 'https://example.org/d/1', '@type': 'Dataset', 'identifier': 'trees',
                   'title': [{'@language': 'fr', '@value': 'Arbres'}, {'@language': 'en', '@value': 'Trees'}],
                   'landingPage': 'https://example.org/p/1', 'keyword': ['a', 'b']},
                  {'@type': 'hydra:PartialCollectionView', 'hydra:next': 'https://example.org/?page=2'}]}""");
        JsonNode record = page.at("/records/0");
        assertThat(record.at("/dct:identifier").asText()).isEqualTo("trees");
        assertThat(record.at("/dct:title/1/@language").asText()).isEqualTo("en");
        assertThat(record.at("/dcat:landingPage/@id").asText()).isEqualTo("https://example.org/p/1");
        assertThat(record.at("/dcat:keyword/1").asText()).isEqualTo("b");
        assertThat(page.at("/next").asText()).isEqualTo("https://example.org/?page=2");
    }

    @Test
    void another_context_is_refused_and_never_fetched() {
        refused(
                "{'@context': 'http://127.0.0.1:9/context.jsonld', '@type': 'Dataset'}",
                "http://127.0.0.1:9/context.jsonld is not one of ours");
        refused(
                "{'@context': ['https://www.w3.org/ns/dcat.jsonld', 'file:///etc/hostname'], '@type': 'Dataset'}",
                "file:///etc/hostname");
    }

    @Test
    void a_circle_of_nodes_ends() throws Exception {
        JsonNode page = json("""
                {'@context': {'dcat': 'http://www.w3.org/ns/dcat#', 'foaf': 'http://xmlns.com/foaf/0.1/', 'dct': 'http://purl.org/dc/terms/'},
                 '@graph': [
                  {'@id': '_:d', '@type': 'dcat:Dataset', 'dct:publisher': {'@id': '_:p'}, 'dct:isPartOf': {'@id': '_:d'}},
                  {'@id': '_:p', 'foaf:name': 'Town', 'foaf:member': {'@id': '_:q'}},
                  {'@id': '_:q', 'foaf:name': 'Office', 'foaf:member': {'@id': '_:p'}}]}""");
        assertThat(page.at("/records/0")).isEqualTo(JSON.readTree("""
                {'@type':'dcat:Dataset','dct:publisher':{'foaf:name':'Town','foaf:member':{'foaf:name':'Office',\
                'foaf:member':{}}},'dct:isPartOf':{}}""".replace('\'', '"')));
    }

    @Test
    void nodes_that_share_others_do_not_grow_without_end() {
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<String> references = new ArrayList<>();
            for (int j = 0; j < 20; j++) {
                references.add("{'@id': 'https://example.org/%d/%d'}".formatted(i + 1, j));
            }
            for (int j = 0; j < 20; j++) {
                nodes.add("{'@id': 'https://example.org/%d/%d', '@type': '%s', 'dct:relation': %s}"
                        .formatted(i, j, i == 0 ? "dcat:Dataset" : "dcat:Resource", references));
            }
        }
        refused(
                "{'@context': 'https://www.w3.org/ns/dcat.jsonld', '@graph': %s}".formatted(nodes),
                "stands for more than 101,400");
    }

    @Test
    void what_is_cut_or_nested_too_deeply_is_a_broken_answer() {
        refused("{'@graph': [", "cannot be read as JSON-LD");
        refused("<html></html>", "cannot be read as JSON-LD");
        refused("{'http://a.example/b':".repeat(5_000) + "1" + "}".repeat(5_000), "JSON-LD");
    }

    @Test
    void recorded_forms_give_records_of_one_form() throws Exception {
        for (String file : List.of("flat", "nested", "bnodes")) {
            JsonNode records = recorded(file + ".jsonld").get("records");
            assertThat(texts(records, "/dct:identifier"))
                    .as(file)
                    .containsExactlyInAnyOrderElementsOf(file.equals("nested") ? List.of("1") : List.of("1", "2", "3"));
            JsonNode first = StreamSupport.stream(records.spliterator(), false)
                    .filter(record -> record.at("/dct:identifier").asText().equals("1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.at("/dct:title").asText()).as(file).isIn("Dataset 1", "Dataset");
            assertThat(first.at("/dct:modified").asText()).as(file).isEqualTo("2016-12-14T19:01:24.184120");
            assertThat(first.at("/dct:publisher/foaf:name").asText()).as(file).isEqualTo("An Organization");
            assertThat(first.at("/dcat:contactPoint/vcard:hasEmail").asText())
                    .as(file)
                    .isEqualTo("hello@its.me");
            assertThat(first.toString()).as(file).contains("\"dct:format\":\"JSON\"");
            assertThat(records.toString()).as(file).doesNotContain("_:b");
        }
    }

    @Test
    void recorded_pages_lead_to_the_next_and_say_their_total() throws Exception {
        for (String file : List.of("paged-collection", "partial-collection")) {
            JsonNode first = recorded(file + "-1.jsonld");
            JsonNode second = recorded(file + "-2.jsonld");
            assertThat(first.at("/records").size() + second.at("/records").size())
                    .as(file)
                    .isEqualTo(4);
            assertThat(first.at("/next").asText()).as(file).isEqualTo("http://data.test.org/catalog.jsonld?page=2");
            assertThat(second.has("next")).as(file).isFalse();
            assertThat(second.at("/total").asInt()).as(file).isEqualTo(4);
        }
    }

    @Test
    void a_recorded_data_json_is_JSON_LD_too() throws Exception {
        JsonNode records = recorded("evian.json").get("records");
        assertThat(records.at("/0/dct:title").asText()).isEqualTo("stationnement velos");
        assertThat(records.at("/0/dcat:distribution").size()).isPositive();
    }

    private static List<String> texts(JsonNode records, String pointer) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(record -> record.at(pointer).asText())
                .toList();
    }

    private JsonNode recorded(String file) throws IOException {
        Path path = DATA.resolve(file + ".gz");
        Assumptions.assumeTrue(Files.exists(path), "the recorded portals are not there");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return JSON.readTree(decoder.json(in.readAllBytes()));
        }
    }

    private void refused(String answer, String why) {
        assertThatThrownBy(() -> decoder.json(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(why);
    }

    private JsonNode json(String answer) throws IOException {
        return JSON.readTree(decoder.json(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
