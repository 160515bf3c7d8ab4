package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import dev.catchment.support.WebRows;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FeedsTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    @BeforeEach
    void rows() {
        WebRows.insert(WEB.database());
    }

    @ParameterizedTest
    @CsvSource({
        "changes, '', 8",
        "changes, ?source=north, 2",
        "changes, ?q=harbour, 8",
        "changes, ?q=nonsense, 0",
        "changes, ?portal=a.example, 0",
        "policy, '', 2",
        "policy, ?country=ca, 0"
    })
    void a_feed_has_what_its_form_requires(String feed, String asked, int due) throws Exception {
        Answer atom = WEB.get("/feeds/" + feed + ".atom" + asked, "Accept", "application/atom+xml");
        assertThat(atom.status()).as(atom.text()).isEqualTo(200);
        assertThat(atom.header("Content-Type")).isEqualTo("application/atom+xml; charset=utf-8");
        Element root = parsed(atom);
        assertThat(root.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(root.getLocalName()).isEqualTo("feed");
        required(root);
        List<String> ids = new ArrayList<>();
        NodeList entries = root.getElementsByTagNameNS(ATOM, "entry");
        for (int i = 0; i < entries.getLength(); i++) {
            required((Element) entries.item(i));
            ids.add(text((Element) entries.item(i), "id"));
        }
        assertThat(ids).hasSize(due).doesNotHaveDuplicates();

        Answer json = WEB.get("/feeds/" + feed + ".json" + asked);
        assertThat(json.header("Content-Type")).isEqualTo("application/feed+json; charset=utf-8");
        assertThat(json.json().path("version").asText()).isEqualTo("https://jsonfeed.org/version/1.1");
        assertThat(json.json().path("title").asText()).isNotBlank();
        List<String> same = new ArrayList<>();
        for (JsonNode item : json.json().path("items")) {
            same.add(item.path("id").asText());
            assertThat(item.path("content_text").asText()).isNotBlank();
            OffsetDateTime.parse(item.path("date_published").asText());
        }
        assertThat(same).isEqualTo(ids);
    }

    @Test
    void what_is_gone_is_told_and_noise_is_not() throws Exception {
        Element root = parsed(WEB.get("/feeds/changes.atom"));
        List<String> titles = new ArrayList<>();
        NodeList entries = root.getElementsByTagNameNS(ATOM, "entry");
        for (int i = 0; i < entries.getLength(); i++) {
            titles.add(text((Element) entries.item(i), "title"));
        }
        assertThat(titles)
                .contains("Retired: Harbour depths 5", "Changed: Harbour <script>alert(1)</script> & depths")
                .doesNotContain("Changed: Harbour depths 2");
    }

    @Test
    void what_portals_publish_stays_text_and_ids_stay_as_they_are() throws Exception {
        WEB.execute("update harvest.datasets set description = E'a\\u0001b ]]> <b>\\U0001F40B' where key = 'key-1'");
        String before = WEB.get("/feeds/changes.atom").text();
        assertThat(before).doesNotContain("<script>", "subscriber.example", "clerk@");
        assertThat(new HashSet<>(List.of(text(parsed(WEB.get("/feeds/changes.atom")), "id"))))
                .hasSize(1);
        assertThat(WEB.get("/feeds/changes.atom").text()).isEqualTo(before);
        Answer first = WEB.get("/feeds/changes.json");
        assertThat(WEB.get("/feeds/changes.json", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void the_documentation_has_no_script_in_the_page() {
        Answer page = WEB.get("/api");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.text()).doesNotContainPattern("<script>|style=|onclick|https?://");
        for (String file :
                List.of("swagger-ui/swagger-ui.css", "swagger-ui/swagger-ui-bundle.js", "api/documentation.js")) {
            assertThat(page.text()).contains("/assets/" + file);
            assertThat(WEB.get("/assets/" + file).status()).isEqualTo(200);
        }
    }

    /** The elements that RFC 4287 requires of a feed and of an entry. */
    private static void required(Element element) {
        URI.create(text(element, "id"));
        assertThat(text(element, "title")).isNotBlank();
        OffsetDateTime.parse(text(element, "updated"));
        assertThat(element.getElementsByTagNameNS(ATOM, "link").getLength()).isPositive();
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagNameNS(ATOM, name).item(0).getTextContent();
    }

    private static Element parsed(Answer answer) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.http().body()))
                .getDocumentElement();
    }
}
