package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.support.Dcat;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import dev.catchment.support.WebRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogues of DCAT over HTTP: whole and by page, of all sources and of one. */
class CatalogueFeedTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @BeforeEach
    void rows() throws Exception {
        WebRows.insert(WEB.database());
        // Who is to be asked, and whether everybody may have it: all but one dataset of the north can be one of
        // DCAT-US.
        WEB.execute("update harvest.datasets set access_level = 'public' where key <> 'key-4'");
        WEB.execute(
                "insert into harvest.records (source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at)"
                        + " select source_id, key, '{\"contactPoint\": {\"fn\": \"The clerk\"}}', content_hash, id, now(), now()"
                        + " from harvest.datasets");
    }

    /** The pages of a catalogue, by the header. */
    private static List<Answer> pages(String path) {
        List<Answer> pages = new ArrayList<>();
        for (String next = path; next != null; ) {
            Answer page = WEB.get(next);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            pages.add(page);
            assertThat(pages).hasSizeLessThan(100);
            next = next(page);
        }
        return pages;
    }

    /** Path and query of the next page. */
    private static String next(Answer page) {
        if (page.header("Link") == null) {
            return null;
        }
        Matcher link = NEXT.matcher(page.header("Link"));
        assertThat(link.matches()).isTrue();
        URI next = URI.create(link.group(1));
        assertThat(next.getPort()).isEqualTo(WEB.port());
        return next.getRawPath() + "?" + next.getRawQuery();
    }

    private static List<String> of(List<Answer> pages, String datasets, String field) {
        List<String> found = new ArrayList<>();
        pages.forEach(page -> page.json()
                .path(datasets)
                .forEach(each -> found.add(each.path(field).asText())));
        return found;
    }

    @ParameterizedTest
    @CsvSource({"?source=north, 1", "?source=south, 2", "'', 3"})
    void dcat_us_comes_whole_and_by_page_and_is_valid(String asked, int due) {
        Answer whole = WEB.get("/feeds/dcat-us.json" + asked);
        assertThat(whole.status()).as(whole.text()).isEqualTo(200);
        assertThat(whole.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(whole.header("Link")).isNull();
        assertThat(Dcat.problemsOfUs(whole.text())).isEmpty();
        assertThat(whole.json().path("@id").asText())
                .isEqualTo(WEB.at("/feeds/dcat-us.json" + asked).toString());
        List<String> identifiers = of(List.of(whole), "dataset", "identifier");
        assertThat(identifiers).hasSize(due).doesNotHaveDuplicates();
        assertThat(WEB.get("/data.json" + asked).text()).isEqualTo(whole.text());

        List<Answer> pages = pages("/feeds/dcat-us.json" + asked + (asked.isEmpty() ? "?" : "&") + "limit=1");
        assertThat(pages)
                .allSatisfy(page -> assertThat(Dcat.problemsOfUs(page.text())).isEmpty());
        assertThat(of(pages, "dataset", "identifier")).isEqualTo(identifiers);
    }

    @ParameterizedTest
    @CsvSource({"?source=north, 2", "?source=south, 2", "'', 4"})
    void dcat_ap_comes_by_page_and_is_valid(String asked, int due) {
        Answer whole = WEB.get("/feeds/dcat-ap.jsonld" + asked);
        assertThat(whole.header("Content-Type")).isEqualTo("application/ld+json; charset=utf-8");
        assertThat(Dcat.problemsOfAp(whole.text())).isEmpty();
        List<String> identifiers = of(List.of(whole), "dcat:dataset", "dct:identifier");
        assertThat(identifiers).hasSize(due).doesNotHaveDuplicates();
        List<Answer> pages = pages("/feeds/dcat-ap.jsonld" + asked + (asked.isEmpty() ? "?" : "&") + "limit=1");
        assertThat(pages).hasSize(due).allSatisfy(page -> {
            assertThat(Dcat.problemsOfAp(page.text())).isEmpty();
            JsonNode view = page.json().path("hydra:view");
            assertThat(view.path("@type").asText()).isEqualTo("hydra:PartialCollectionView");
            String next = view.at("/hydra:next/@id").asText(null);
            assertThat(page.header("Link")).isEqualTo(next == null ? null : "<" + next + ">; rel=\"next\"");
        });
        assertThat(of(pages, "dcat:dataset", "dct:identifier")).isEqualTo(identifiers);
        // As one graph they are one catalogue still.
        assertThat(Dcat.problemsOfAp(pages.stream().map(Answer::text).toList())).isEmpty();
    }

    @Test
    void what_is_left_out_is_counted_and_listed_with_what_it_lacks() {
        assertThat(WEB.get("/api/v1/sources/north/published").json().toString())
                .isEqualTo("{\"source\":\"north\",\"datasets\":2,\"dcat_us\":1,\"dcat_us_left_out\":1,"
                        + "\"dcat_ap\":2,\"dcat_ap_left_out\":0}");
        JsonNode left = WEB.get("/api/v1/sources/north/left-out").json().path("items");
        assertThat(left).hasSize(1);
        assertThat(left.at("/0/key").asText()).isEqualTo("key-4");
        assertThat(left.at("/0/lacks").asText()).isEqualTo("accessLevel");
        assertThat(WEB.get("/api/v1/sources/north/left-out?profile=dcat-ap")
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(WEB.get("/api/v1/sources/nowhere/published").status()).isEqualTo(404);
    }

    @Test
    void two_sources_that_name_a_dataset_alike_are_two_in_the_whole() throws Exception {
        WEB.execute("update harvest.datasets set key = 'https://portal.example/same' where key in ('key-1', 'key-2')");
        WEB.execute("update harvest.records set key = 'https://portal.example/same' where key in ('key-1', 'key-2')");
        Answer ap = WEB.get("/feeds/dcat-ap.jsonld");
        assertThat(Dcat.problemsOfAp(ap.text())).isEmpty();
        assertThat(of(List.of(ap), "dcat:dataset", "@id")).hasSize(4).doesNotHaveDuplicates();
        assertThat(of(List.of(WEB.get("/feeds/dcat-us.json")), "dataset", "identifier"))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(of(List.of(WEB.get("/feeds/dcat-ap.jsonld?source=north")), "dcat:dataset", "@id"))
                .contains("https://portal.example/same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/feeds/dcat-us.json?limit=2", "/feeds/dcat-ap.jsonld"})
    void a_page_that_is_known_is_not_sent_again(String path) {
        Answer first = WEB.get(path);
        Answer again = WEB.get(path, "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.http().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/feeds/dcat-us.json", "/feeds/dcat-us.json?limit=2", "/feeds/dcat-ap.jsonld"})
    void it_is_compressed_for_who_takes_it_so(String path) throws IOException {
        Answer answer = WEB.get(path, "Accept-Encoding", "gzip");
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream plain =
                new GZIPInputStream(new ByteArrayInputStream(answer.http().body()))) {
            assertThat(plain.readAllBytes()).isEqualTo(WEB.get(path).http().body());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/feeds/dcat-us.json?source=nowhere, 404",
        "/feeds/dcat-ap.jsonld?source=nowhere, 404",
        "/data.json?source=nowhere, 404",
        "/feeds/dcat-ap.jsonld?source=No%20where, 400",
        "/feeds/dcat-ap.jsonld?limit=1001, 400",
        "/feeds/dcat-ap.jsonld?limit=0, 400",
        "/feeds/dcat-us.json?after=nonsense, 400",
        "/feeds/dcat-us.json?page=2, 400"
    })
    void what_is_not_there_is_refused(String path, int due) {
        Answer answer = WEB.get(path, "Accept", "application/json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(due);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/feeds/dcat-us.json", "/feeds/dcat-ap.jsonld", "/data.json", "/api/v1/sources/north/left-out"})
    void who_comes_through_a_proxy_needs_a_key(String path) {
        assertThat(WEB.get(path, "X-Forwarded-For", "192.0.2.1").status()).isNotEqualTo(200);
        assertThat(WEB.get(path, "X-Forwarded-For", "192.0.2.1", "Authorization", WEB.key("viewer"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_long_run_of_datasets_that_are_left_out_ends_nothing() throws Exception {
        WEB.execute(
                "insert into harvest.datasets (source_id, key, content_hash, first_seen_at, changed_at, last_changed_at)"
                        + " select 1, 'a-' || n, repeat('b', 64), now(), now(), now() from generate_series(1, 10050) n");
        assertThat(of(List.of(WEB.get("/feeds/dcat-us.json?source=north")), "dataset", "identifier"))
                .containsExactly("key-2");
        List<Answer> pages = pages("/feeds/dcat-ap.jsonld?source=north");
        assertThat(pages).hasSize(2);
        assertThat(of(pages, "dcat:dataset", "dct:identifier")).containsExactly("key-2", "key-4");
        assertThat(Dcat.problemsOfAp(pages.get(0).text())).isEmpty();
        assertThat(WEB.get("/api/v1/sources/north/published")
                        .json()
                        .path("dcat_ap_left_out")
                        .asInt())
                .isEqualTo(10_050);
    }

    @Test
    void a_catalogue_of_nothing_is_one() throws Exception {
        WEB.execute("update harvest.datasets set title = ' '");
        assertThat(Dcat.problemsOfUs(WEB.get("/feeds/dcat-us.json").text())).isEmpty();
        assertThat(Dcat.problemsOfAp(WEB.get("/feeds/dcat-ap.jsonld").text())).isEmpty();
    }
}
