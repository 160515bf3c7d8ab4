package dev.catchment.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.Await;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as they come, without a browser and without scripts. */
class ConsoleTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private static final Pattern MARKUP = Pattern.compile("(?s)<script type=\"application/ld\\+json\">(.*?)</script>");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"(\\w+)\"");

    @BeforeEach
    void fill() {
        ConsoleRows.fill();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live", "/datasets", "/portals", "/runs", "/registry", "/names", "/policy"})
    void an_empty_database_has_pages_that_say_what_to_do(String path) {
        TestDatabase.empty();
        Answer answer = WEB.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .containsPattern("Never ran|Nothing|no (datasets|sources|figures)|No (run|source|page)");
    }

    @ParameterizedTest
    @CsvSource({
        "/datasets/none, 404",
        "/sources/none, 404",
        "/runs/999999, 404",
        "/runs/none, 400",
        "/policy/sources/none, 400",
        "/datasets?page=none, 200",
        "/datasets?since=none, 400",
        "/runs?after=none, 400",
        "/names?year=none, 400"
    })
    void what_is_asked_wrongly_is_answered(String path, int status) {
        Answer answer = WEB.get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void what_the_catalogue_crawls_is_not_called_paused() {
        TestDatabase.execute("insert into harvest.sources (name, kind, url, host, is_active) values"
                + " ('socrata-us', 'socrata-discovery', 'https://api.example.org/catalog', 'api.example.org', false)");
        assertThat(WEB.get("/sources/socrata-us").text())
                .contains("by the catalogue", "/runs?room=catalog")
                .doesNotContain("paused", "never walked");
        assertThat(WEB.get("/portals?words=socrata").text()).contains("by the catalogue");
    }

    @Test
    void a_page_asks_for_its_files_by_what_is_in_them() {
        String address = Assets.address("console.css");
        assertThat(address).matches("/assets/console\\.css\\?v=[0-9a-f]{8}");
        assertThat(WEB.get("/").text()).contains("href=\"" + address + "\"");
        assertThat(WEB.get(address).status()).isEqualTo(200);
    }

    @Test
    void what_a_portal_published_is_text() {
        String list = WEB.get("/datasets?words=trees&source=toronto").text();
        assertThat(list).contains("&lt;script&gt;").doesNotContain("<script>document", "<img src=x");
        String page = WEB.get(
                        "/datasets/" + TestDatabase.text("select id from harvest.datasets where key = 'toronto-1-4'"))
                .text();
        assertThat(page)
                .doesNotContain("<script>document", "<img src=x", "href=\"javascript:")
                .contains("\\u003cscript");
    }

    /** Markup of schema.org is data: no policy keeps it from being read, and no text in it ends it. */
    @Test
    void a_dataset_is_marked_up_for_search_engines_whatever_it_is_called() throws Exception {
        String name = "</script><script>alert(1)</script><!-- & \" \u2028 ü";
        TestDatabase.rows(
                "update harvest.datasets set title = ?, description = ? where key = 'toronto-1-4' returning 1",
                name,
                name);
        Answer answer =
                WEB.get("/datasets/" + TestDatabase.text("select id from harvest.datasets where key = 'toronto-1-4'"));
        assertThat(answer.header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        Matcher markup = MARKUP.matcher(answer.text());
        assertThat(markup.find()).isTrue();
        JsonNode told = new ObjectMapper().readTree(markup.group(1));
        assertThat(told.path("@context").asText()).isEqualTo("https://schema.org/");
        assertThat(told.path("@type").asText()).isEqualTo("Dataset");
        assertThat(told.path("name").asText()).isEqualTo(name);
        assertThat(told.path("description").asText()).isEqualTo(name);
        assertThat(told.path("distribution"))
                .isNotEmpty()
                .allSatisfy(form -> assertThat(form.path("@type").asText()).isEqualTo("DataDownload"));
        assertThat(markup.find()).isFalse();
        assertThat(answer.text()).doesNotContain("<script>alert");
    }

    @Test
    void webhooks_are_seen_added_and_removed_by_admins_alone() {
        String admin = WEB.login("operator", "admin");
        String viewer = WEB.login("reader", "viewer");
        assertThat(WEB.get("/", "Cookie", admin).text())
                .contains("<a href=\"/webhooks\">webhook visas</a>", "answered HTTP 503");
        assertThat(WEB.get("/", "Cookie", viewer).text())
                .contains("Needs a person")
                .doesNotContain("webhook visas");
        assertThat(WEB.get("/webhooks", "Cookie", viewer).text()).doesNotContain("mirror", "hooks.example");
        assertThat(WEB.get("/webhooks").text()).contains("Webhooks are for admins.");
        Matcher token = TOKEN.matcher(WEB.get("/webhooks", "Cookie", admin).text());
        assertThat(token.find()).isTrue();
        String form = "csrf=" + token.group(1) + "&name=tides&url=https%3A%2F%2F192.0.1.1%2Fs3cret-path&q=tide";
        assertThat(WEB.post("/webhooks/new", form, "Cookie", viewer).status()).isEqualTo(403);
        assertThat(WEB.post("/webhooks/new", "name=tides&url=x", "Cookie", admin)
                        .status())
                .isEqualTo(403);
        Answer added = WEB.post("/webhooks/new", form, "Cookie", admin);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(added.text()).contains("tides is added", "https://192.0.1.1.", "<code>whsec_");
        assertThat(WEB.get("/webhooks", "Cookie", viewer).text()).doesNotContain("tides");
        assertThat(WEB.get("/webhooks", "Cookie", admin).text())
                .contains("tides", "q=tide", "data-status=\"active\"", "aria-label=\"Pause tides\"")
                .doesNotContain("whsec_", "s3cret-path");
        String act = "csrf=" + token.group(1) + "&webhook=tides&do=";
        assertThat(WEB.post("/webhooks/act", act + "pause", "Cookie", admin).header("Location"))
                .isEqualTo("/webhooks?said=The+webhook+tides+is+paused%3B+its+cursor+stays.");
        assertThat(WEB.get("/webhooks", "Cookie", admin).text()).contains("aria-label=\"Resume tides\"");
        assertThat(WEB.post("/webhooks/act", act + "remove", "Cookie", admin).status())
                .isEqualTo(303);
        assertThat(WEB.get("/webhooks", "Cookie", admin).text())
                .contains("mirror", "answered HTTP 503")
                .doesNotContain("tides");
    }

    @Test
    void a_page_needs_no_script_to_search_and_to_narrow() {
        assertThat(WEB.get("/datasets?words=bicycle&country=FR").text())
                .contains("Bicycle counts", "<a href=\"/sources/paris\">")
                .doesNotContain("<a href=\"/sources/berlin\">");
    }

    @Test
    void a_button_needs_an_admin_and_the_token_of_his_login() {
        String admin = WEB.login("operator", "admin");
        String viewer = WEB.login("reader", "viewer");
        String page = WEB.get("/sources/wien", "Cookie", admin).text();
        String token = token(page);
        assertThat(WEB.get("/sources/wien").text()).doesNotContain("value=\"confirm\"");
        assertThat(WEB.post("/sources/wien/act", "do=pause").status()).isEqualTo(401);
        assertThat(WEB.post("/sources/wien/act", "do=pause", "Cookie", admin).status())
                .isEqualTo(403);
        assertThat(WEB.post("/sources/wien/act", "do=pause&csrf=" + token, "Cookie", viewer)
                        .status())
                .isEqualTo(403);
        String viewers = token(WEB.get("/sources/wien", "Cookie", viewer).text());
        assertThat(WEB.post("/sources/wien/act", "do=pause&csrf=" + viewers, "Cookie", viewer)
                        .status())
                .isEqualTo(403);
        assertThat(isActive()).isEqualTo("true");
        assertThat(WEB.post("/sources/wien/act", "do=dismiss&csrf=" + token, "Cookie", admin)
                        .status())
                .isEqualTo(303);
        Await.until(
                "the job is over, as one that the console asked for",
                () -> TestDatabase.texts(
                        "select concat_ws(' ', trigger, mode, status) from ops.runs where scope = 'wien' order by id desc limit 1"),
                List.of("web dismiss succeeded")::equals);
        Answer done = WEB.post("/sources/wien/act", "do=pause&csrf=" + token, "Cookie", admin);
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.header("Location")).startsWith("/sources/wien?said=");
        assertThat(isActive()).isEqualTo("false");
        assertThat(WEB.post("/sources/none/act", "do=pause&csrf=" + token, "Cookie", admin)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void addresses_are_for_admins() {
        TestDatabase.execute("insert into policy.route_subscriptions (email) values ('reader@example.org')");
        assertThat(WEB.get("/policy").text()).doesNotContain("reader@example.org");
        assertThat(WEB.get("/policy", "Cookie", WEB.login("reader", "viewer")).text())
                .doesNotContain("reader@example.org");
        assertThat(WEB.get("/policy", "Cookie", WEB.login("operator", "admin")).text())
                .contains("reader@example.org");
    }

    private static String isActive() {
        return TestDatabase.text("select is_active from harvest.sources where name = 'wien'");
    }

    private static String token(String page) {
        Matcher found = TOKEN.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
