package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.catchment.flow.decode.Decoder;
import dev.catchment.support.HarvestWalk;
import dev.catchment.support.Mappings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What portals do to their fields, each in a record of ours. */
class MappingTrapsTest {
    @Test
    void modified_may_be_a_repetition_a_year_or_a_month() {
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(dcat.of("{'modified': 'R/P1Y'}").at("/modified").asText()).isEqualTo("R/P1Y");
        assertThat(dcat.of("{'modified': 'R/P1Y'}").at("/modified_at").isMissingNode())
                .isTrue();
        assertThat(modified(dcat, "2014")).isEqualTo("2014-01-01T00:00:00+00:00");
        assertThat(modified(dcat, "2014-07")).isEqualTo("2014-07-01T00:00:00+00:00");
        assertThat(modified(dcat, "2014-07-31")).isEqualTo("2014-07-31T00:00:00+00:00");
        assertThat(modified(dcat, "2014-07-31T10:00:00+02:00")).isEqualTo("2014-07-31T08:00:00+00:00");
        assertThat(modified(dcat, "2014-07-31 10:00")).isEqualTo("2014-07-31T10:00:00+00:00");
        assertThat(modified(dcat, "Thu, 31 Jul 2014 10:00:00 GMT")).isEqualTo("2014-07-31T10:00:00+00:00");
        assertThat(modified(dcat, "1406800800000")).isEqualTo("2014-07-31T10:00:00+00:00");
        for (String unreadable : new String[] {"2014-02-30", "0000-00-00", "2014-13-01", "yesterday", ""}) {
            assertThat(modified(dcat, unreadable)).as(unreadable).isEmpty();
        }
    }

    @Test
    void a_licence_that_is_missing_is_none() {
        assertThat(new Mappings("dcat-us", null)
                        .of("{'title': 't', 'rights': 'Public'}")
                        .at("/license")
                        .isMissingNode())
                .isTrue();
        Mappings ckan = new Mappings("ckan", null);
        assertThat(ckan.of("{'license_id': 'notspecified', 'license_title': 'License not specified'}")
                        .at("/license")
                        .isMissingNode())
                .isTrue();
        assertThat(ckan.of("{'license_id': 'cc-by', 'license_title': 'CC BY'}")
                        .at("/license")
                        .asText())
                .isEqualTo("CC BY");
        assertThat(new Mappings("udata", null)
                        .of("{'license': 'notspecified'}")
                        .at("/license")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void a_licence_may_be_a_page_of_HTML() {
        JsonNode hub = new Mappings("dcat-us", null)
                .of("{'license': '<div style=\\'x\\'>No warranties &amp; no claims.</div><script>alert(1)</script>'}"
                        .replace("\\'", ""));
        assertThat(hub.at("/license").asText()).isEqualTo("No warranties & no claims.");
        assertThat(hub.at("/license_uri").isMissingNode()).isTrue();
    }

    @Test
    void a_title_in_angle_brackets_is_no_HTML() {
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(dcat.of("{'title': '<odesi>'}").at("/title").asText()).isEqualTo("<odesi>");
        assertThat(dcat.of("{'title': 'Area <5 ha and > 1 ha'}").at("/title").asText())
                .isEqualTo("Area <5 ha and > 1 ha");
        assertThat(dcat.of("{'title': '<B>Trees</B><BR/>'}").at("/title").asText())
                .isEqualTo("Trees");
    }

    @Test
    void distributions_may_be_missing_empty_or_one_map() {
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(dcat.of("{'title': 't'}").at("/distributions").size()).isZero();
        assertThat(dcat.of("{'distribution': []}").at("/distributions").size()).isZero();
        assertThat(dcat.of("{'distribution': null}").at("/service_urls").size()).isZero();
        assertThat(dcat.of("{'distribution': {'format': ' CSV ', 'downloadURL': 'https://a.example/x.csv'}}")
                        .at("/distributions")
                        .toString())
                .isEqualTo("[{'format':'csv','download_url':'https://a.example/x.csv'}]".replace('\'', '"'));
    }

    @Test
    void fields_of_another_type_than_said_harm_nothing() {
        for (String kind : new String[] {
            "ckan", "dcat-us", "arcgis-hub", "opendatasoft", "udata", "dataverse", "jsonapi-re3data", "csw", "dcat-ap"
        }) {
            Mappings mappings = new Mappings(kind, "fr");
            for (String record : new String[] {"'text'", "[]", "{}", "null", "7"}) {
                assertThat(mappings.of(record).has("problem"))
                        .as(kind + " " + record)
                        .isFalse();
            }
        }
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(dcat.of(
                                "{'title': 7, 'keyword': 'one', 'theme': [null, 3, {'x': 1}, ['y']], 'spatial': {'type': 'x'}, 'distribution': ['u'],"
                                        + " 'publisher': 'Town', 'contactPoint': [], 'temporal': ['2014/2015']}")
                        .at("/problem")
                        .isMissingNode())
                .isTrue();
        Mappings ckan = new Mappings("ckan", null);
        assertThat(ckan.of(
                                "{'extras': 'x', 'tags': {'name': 'a'}, 'resources': [null, 'x', {'size': -1}, {'size': '12.5 MB'}], 'groups': 3}")
                        .at("/problem")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void a_federated_id_names_where_it_comes_from() {
        JsonNode dataset = new Mappings("opendatasoft", null)
                .of("{'dataset_id': 'trees@town', 'metas': {'default': {'title': 'Trees'}}}");
        assertThat(dataset.at("/harvested_from").asText()).isEqualTo("town");
        assertThat(dataset.at("/harvested_key").asText()).isEqualTo("trees");
        JsonNode harvested = new Mappings("ckan", null)
                .of(
                        "{'extras': [{'key': 'guid', 'value': 'https://hub.example.gov/datasets/0123456789abcdef0123456789abcdef_3'},"
                                + " {'key': 'harvest_source_title', 'value': 'A hub'}, {'value': 'no key'}]}");
        assertThat(harvested.at("/harvested_from").asText()).isEqualTo("A hub");
        assertThat(harvested.at("/platform_id").asText()).isEqualTo("0123456789abcdef0123456789abcdef_3");
    }

    @Test
    void a_title_in_several_languages_is_that_of_the_portal_else_the_English_one() {
        String several = "{'title_translated': {'de': 'Baum', 'en': 'Trees', 'fr': 'Arbres'}, 'title': 'x'}";
        assertThat(new Mappings("ckan", "fr").of(several).at("/title").asText()).isEqualTo("Arbres");
        assertThat(new Mappings("ckan", "it").of(several).at("/title").asText()).isEqualTo("Trees");
        String tagged =
                "{'dct:title': [{'@value': 'Baum', '@language': 'de'}, {'@value': 'Arbres', '@language': 'fr-CA'}]}";
        assertThat(new Mappings("dcat-ap", "fr").of(tagged).at("/title").asText())
                .isEqualTo("Arbres");
        assertThat(new Mappings("dcat-ap", "it").of(tagged).at("/title").asText())
                .isEqualTo("Baum");
        assertThat(new Mappings("dcat-ap", null)
                        .of("{'dct:title': 'Trees'}")
                        .at("/title")
                        .asText())
                .isEqualTo("Trees");
    }

    @Test
    void a_blank_node_is_read_as_a_named_one() {
        String flat = """
                {"@context": "https://www.w3.org/ns/dcat.jsonld", "@graph": [
                  {"@id": "_:d", "@type": "Dataset", "identifier": "trees", "title": "Trees", "publisher": {"@id": "_:p"},
                   "distribution": {"@id": "_:f"}},
                  {"@id": "_:p", "name": "Town"},
                  {"@id": "_:f", "@type": "Distribution", "format": "CSV", "downloadURL": "https://a.example/trees.csv", "byteSize": "12"}]}""";
        JsonNode dataset = new Mappings("dcat-ap", null)
                .of(decoded("json-ld", flat).get("records").get(0).toString());
        assertThat(dataset.at("/title").asText()).isEqualTo("Trees");
        assertThat(dataset.at("/publisher").asText()).isEqualTo("Town");
        assertThat(dataset.at("/distributions").toString())
                .isEqualTo("[{'bytes':12,'format':'csv','download_url':'https://a.example/trees.csv'}]"
                        .replace('\'', '"'));
    }

    @Test
    void one_XML_element_reads_as_many_do() {
        Mappings csw = new Mappings("csw", null);
        String keyword = "<keyword><CharacterString>%s</CharacterString></keyword>";
        String form =
                "<onLine><CI_OnlineResource><linkage><URL>https://a.example/%s?service=WMS</URL></linkage></CI_OnlineResource></onLine>";
        String record = """
                <MD_Metadata><identificationInfo><MD_DataIdentification>
                <citation><CI_Citation><title><CharacterString>Trees</CharacterString></title></CI_Citation></citation>
                <descriptiveKeywords><MD_Keywords>%s</MD_Keywords></descriptiveKeywords>
                </MD_DataIdentification></identificationInfo><distributionInfo><MD_Distribution><transferOptions>
                <MD_DigitalTransferOptions>%s</MD_DigitalTransferOptions></transferOptions></MD_Distribution></distributionInfo></MD_Metadata>""";
        JsonNode one = csw.of(decoded("xml", record.formatted(keyword.formatted("a"), form.formatted("wms")))
                .get("MD_Metadata")
                .toString());
        JsonNode many = csw.of(decoded(
                        "xml",
                        record.formatted(
                                keyword.formatted("a") + keyword.formatted("b"),
                                form.formatted("wms") + form.formatted("ows")))
                .get("MD_Metadata")
                .toString());
        assertThat(one.at("/title").asText()).isEqualTo("Trees");
        assertThat(one.at("/keywords").toString()).isEqualTo("[\"a\"]");
        assertThat(one.at("/service_urls").toString()).isEqualTo("[\"a.example/wms\"]");
        assertThat(many.at("/keywords").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(many.at("/service_urls").toString()).isEqualTo("[\"a.example/ows\",\"a.example/wms\"]");
    }

    @Test
    void the_id_of_a_platform_is_found_in_keys_and_addresses() {
        Mappings dcat = new Mappings("dcat-us", null);
        String item = "0123456789ABCDEF0123456789abcdef";
        assertThat(platformId(dcat, "http://h.example/datasets/" + item))
                .isEqualTo(item.toLowerCase(java.util.Locale.ROOT));
        assertThat(platformId(dcat, "https://h.example/datasets/" + item + "_12"))
                .endsWith("abcdef_12");
        assertThat(platformId(dcat, "https://www.arcgis.com/home/item.html?id=" + item + "&sublayer=3"))
                .endsWith("abcdef_3");
        assertThat(platformId(dcat, "https://data.example.gov/api/views/22u3-xenr"))
                .isEqualTo("22u3-xenr");
        assertThat(platformId(dcat, "https://data.example.gov/d/22u3-xenr")).isEqualTo("22u3-xenr");
        assertThat(platformId(dcat, "urn:uuid:01234567-89AB-cdef-0123-456789abcdef"))
                .isEqualTo("01234567-89ab-cdef-0123-456789abcdef");
        assertThat(platformId(dcat, "https://data.example.gov/dataset/city-park"))
                .isEmpty();
        assertThat(platformId(dcat, "DOE-019-3665989539")).isEmpty();
        assertThat(platformId(dcat, item + item)).isEmpty();
    }

    @Test
    void services_are_told_from_files() {
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(services(dcat, "https://GIS.example.gov:443/arcgis/rest/services/A/MapServer/18/"))
                .isEqualTo("gis.example.gov/arcgis/rest/services/A/MapServer/18");
        assertThat(services(dcat, "http://gis.example.gov/arcgis/rest/services/A/FeatureServer?f=json"))
                .isEqualTo("gis.example.gov/arcgis/rest/services/A/FeatureServer");
        assertThat(services(dcat, "https://geo.example.gov/geoserver/wms?service=WMS&request=GetCapabilities"))
                .isEqualTo("geo.example.gov/geoserver/wms");
        assertThat(
                        services(
                                dcat,
                                "https://gis.example.gov/arcgis/services/A/MapServer/WMSServer?request=GetCapabilities&service=WMS"))
                .isEmpty();
        assertThat(services(dcat, "https://h.example/datasets/0123456789abcdef0123456789abcdef.csv"))
                .isEmpty();
    }

    @Test
    void a_place_may_be_a_box_a_shape_or_a_template_that_was_not_filled_in() {
        Mappings dcat = new Mappings("dcat-us", null);
        assertThat(dcat.of("{'spatial': '-87.8,41.7,-87.6,41.8'}").at("/bbox").toString())
                .isEqualTo("[-87.8,41.7,-87.6,41.8]");
        assertThat(dcat.of("{'spatial': '{{extent}}'}").at("/spatial").isMissingNode())
                .isTrue();
        assertThat(dcat.of("{'spatial': 'Nine miles, of 12, 3 and 4'}")
                        .at("/bbox")
                        .isMissingNode())
                .isTrue();
        assertThat(dcat.of("{'spatial': '500,41.7,-87.6,41.8'}").at("/bbox").isMissingNode())
                .isTrue();
        assertThat(dcat.of("{'spatial': 'POLYGON((1 2, 1 5, 4 5, 4 2, 1 2))'}")
                        .at("/bbox")
                        .toString())
                .isEqualTo("[1,2,4,5]");
        Mappings ckan = new Mappings("ckan", null);
        String shape = "{\\\"type\\\":\\\"Polygon\\\",\\\"coordinates\\\":[[[1,2],[1,5],[4,5],[4,2],[1,2]]]}";
        assertThat(ckan.of("{\"extras\": [{\"key\": \"spatial\", \"value\": \"%s\"}]}".formatted(shape))
                        .at("/bbox")
                        .toString())
                .isEqualTo("[1,2,4,5]");
    }

    @Test
    void keywords_are_distinct_and_their_order_means_nothing() {
        Mappings dcat = new Mappings("dcat-us", null);
        JsonNode one = dcat.of("{'keyword': [' b', 'a', 'b ', '', 'A']}");
        JsonNode other = dcat.of("{'keyword': ['A', 'a', 'b']}");
        assertThat(one.at("/keywords")).isEqualTo(other.at("/keywords"));
        assertThat(one.at("/keywords").size()).isEqualTo(3);
    }

    @Test
    void a_bad_record_does_not_take_its_page_with_it() {
        ArrayNode records = HarvestWalk.JSON.createArrayNode();
        records.addObject().put("title", "one").put("modified", "2014-02-31");
        records.addObject()
                .put("title", "two")
                .putArray("distribution")
                .addObject()
                .put("byteSize", "99999999999999999999999");
        assertThat(new Mappings("dcat-us", null).of(records))
                .extracting(mapped -> mapped.at("/title").asText())
                .containsExactly("one", "two");
    }

    private static String modified(Mappings mappings, String written) {
        return mappings.of("{'modified': '%s'}".formatted(written))
                .at("/modified_at")
                .asText();
    }

    private static String platformId(Mappings mappings, String key) {
        return mappings.of("{'identifier': '%s'}".formatted(key))
                .at("/platform_id")
                .asText();
    }

    private static String services(Mappings mappings, String address) {
        return mappings.of("{'distribution': [{'accessURL': '%s'}]}".formatted(address))
                .at("/service_urls/0")
                .asText();
    }

    private static JsonNode decoded(String form, String answer) {
        try {
            return HarvestWalk.JSON.readTree(Decoder.named(form).json(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
