package dev.catchment.flow.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class XmlDecoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Decoder xml = Decoder.named("xml");

    @Test
    void an_element_is_a_map_by_its_local_name() throws Exception {
        assertThat(json("<a:page xmlns:a='urn:a' total='2'><a:title>Trees</a:title></a:page>"))
                .isEqualTo(JSON.readTree("{\"page\":{\"@total\":\"2\",\"title\":\"Trees\"}}"));
    }

    @Test
    void text_beside_attributes_or_elements_is_kept() throws Exception {
        assertThat(json("<code list='iso'> eng </code>"))
                .isEqualTo(JSON.readTree("{\"code\":{\"@list\":\"iso\",\"#text\":\"eng\"}}"));
        assertThat(json("<a>one<b/>two</a>")).isEqualTo(JSON.readTree("{\"a\":{\"b\":\"\",\"#text\":\"onetwo\"}}"));
    }

    @Test
    void one_element_is_a_value_and_many_are_a_list() throws Exception {
        assertThat(json("<p><r>1</r></p>")).isEqualTo(JSON.readTree("{\"p\":{\"r\":\"1\"}}"));
        assertThat(json("<p><r>1</r><q/><r>2</r><r><x>3</x></r></p>"))
                .isEqualTo(JSON.readTree("{\"p\":{\"r\":[\"1\",\"2\",{\"x\":\"3\"}],\"q\":\"\"}}"));
    }

    @Test
    void the_encoding_that_it_names_is_read() throws Exception {
        byte[] latin = "<?xml version='1.0' encoding='ISO-8859-1'?><t>d\u00e9partement</t>"
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(JSON.readTree(xml.json(latin)).get("t").asText()).isEqualTo("d\u00e9partement");
    }

    @Test
    void a_billion_laughs_are_refused() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE l [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY a%d '%s'>".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
        }
        refused(bomb + "]><l>&a9;</l>", "declares a document type");
    }

    @Test
    void a_file_of_this_machine_is_not_read() {
        refused("<!DOCTYPE l [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><l>&f;</l>", "declares a document type");
    }

    @Test
    void deep_nesting_is_refused() {
        refused("<a>".repeat(101) + "</a>".repeat(101), "more than 100 deep");
        assertThat(new String(
                        xml.json(("<a>".repeat(100) + "</a>".repeat(100)).getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8))
                .startsWith("{\"a\":{\"a\":");
    }

    @Test
    void what_is_cut_or_no_XML_is_a_broken_answer() {
        refused("<page><record>", "no well-formed XML");
        refused("{\"success\": true}", "no well-formed XML");
        refused("", "no well-formed XML");
    }

    private void refused(String answer, String why) {
        assertThatThrownBy(() -> xml.json(answer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(why);
    }

    private JsonNode json(String answer) throws IOException {
        return JSON.readTree(xml.json(answer.getBytes(StandardCharsets.UTF_8)));
    }
}
