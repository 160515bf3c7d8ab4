package dev.catchment.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.harvest.DemoRecords;
import dev.catchment.support.Await;
import dev.catchment.support.KindServer;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;

/** The console in a real browser: every page, and a whole task of each room. */
class BrowserTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    static final WebRig WEB =
            new WebRig().with("harvest.http.allow-private", "true").with("http.retry-delay", "1ms");

    @BeforeEach
    void fill() {
        ConsoleRows.fill();
        BROWSER.driver().manage().deleteAllCookies();
        BROWSER.look(Browser.DESK, false);
    }

    private static Map<String, String> pages() {
        String dataset = TestDatabase.text("select id from harvest.datasets where key = 'toronto-1-1'");
        String at = TestDatabase.text(
                "select to_char(valid_to at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from harvest.versions where key = 'toronto-1-1' order by valid_to desc limit 1");
        String run = TestDatabase.text("select max(id) from ops.runs where scope = 'berlin'");
        String source = TestDatabase.text("select id from policy.sources where name = 'Skilled Worker visa'");
        return Map.ofEntries(
                Map.entry("overview", "/"),
                Map.entry("datasets", "/datasets?words=trees"),
                Map.entry("dataset", "/datasets/" + dataset + "?at=" + at),
                Map.entry("portals", "/portals"),
                Map.entry("source", "/sources/wien"),
                Map.entry("runs", "/runs"),
                Map.entry("run", "/runs/" + run),
                Map.entry("registry", "/registry"),
                Map.entry("names", "/names?names=Emma,Jordan,Liam"),
                Map.entry("policy", "/policy"),
                Map.entry("webhooks", "/webhooks"),
                Map.entry("policy-source", "/policy/sources/" + source + "?old=1&new=2"),
                Map.entry("login", "/login"));
    }

    @Test
    void every_page_loads_without_a_complaint_and_can_be_used_by_everybody() {
        login();
        pages().forEach((name, path) -> {
            for (boolean isDark : List.of(false, true)) {
                BROWSER.look(isDark ? Browser.PHONE : Browser.DESK, isDark);
                BROWSER.open(WEB.at(path));
                BROWSER.requireAccessible(name);
                if (Boolean.getBoolean("pictures")) {
                    for (int width : List.of(Browser.DESK, Browser.PHONE)) {
                        BROWSER.look(width, isDark);
                        BROWSER.picture(Path.of(
                                "target",
                                "pictures",
                                "%s-%d-%s.png".formatted(name, width, isDark ? "dark" : "light")));
                    }
                }
                assertThat(BROWSER.complaints()).as(name).isEmpty();
                assertThat((Boolean) BROWSER.run(
                                "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(name + " is no wider than the screen")
                        .isTrue();
            }
        });
    }

    @Test
    void a_page_is_small() {
        pages().forEach((name, path) -> {
            BROWSER.open(WEB.at(path));
            Number bytes = (Number)
                    BROWSER.run(
                            "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, each) => sum + each.encodedBodySize, 0)");
            assertThat(bytes.longValue()).as(name).isPositive().isLessThan(100_000);
        });
    }

    @Test
    void what_a_portal_published_is_text() {
        BROWSER.open(WEB.at("/datasets?words=trees&source=toronto"));
        assertThat(BROWSER.text()).contains("<script>document.title = \"hacked\"</script>");
        BROWSER.open(
                WEB.at("/datasets/" + TestDatabase.text("select id from harvest.datasets where key = 'toronto-1-4'")));
        assertThat(BROWSER.driver().getTitle()).startsWith("<script>");
        assertThat(BROWSER.text()).contains("<img src=x onerror=");
        assertThat(BROWSER.driver().getPageSource()).doesNotContain("href=\"javascript:");
        assertThat(BROWSER.run(
                        "return JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent).name"))
                .isEqualTo("<script>document.title = \"hacked\"</script>");
        BROWSER.open(WEB.at(pages().get("run")));
        assertThat(BROWSER.driver().getTitle()).startsWith("Run ");
    }

    @Test
    void somebody_finds_a_dataset_and_sees_what_changed() {
        BROWSER.open(WEB.at(pages().get("dataset").replaceFirst("\\?.*", "")));
        BROWSER.find(".timeline a[href*='at=']").click();
        BROWSER.awaitText("What changed");
        assertThat(BROWSER.find("#difference").getText()).contains("Trees in streets", "Street trees");
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void results_follow_while_somebody_types() {
        BROWSER.open(WEB.at("/datasets"));
        BROWSER.find("#words").sendKeys("street");
        Await.until(
                "hits", BROWSER::hits, hits -> !hits.isEmpty() && hits.stream().allMatch(hit -> hit.contains("treet")));
        assertThat(BROWSER.driver().getCurrentUrl()).contains("words=street");
        BROWSER.find("#words").sendKeys(Keys.chord(Keys.CONTROL, "a"), "zyzzyva");
        BROWSER.awaitText("Nothing says that.");
        assertThat(BROWSER.driver().switchTo().activeElement().getAttribute("id"))
                .as("whoever types goes on typing")
                .isEqualTo("words");
        BROWSER.driver().navigate().back();
        Await.until("hits", BROWSER::hits, hits -> !hits.isEmpty());
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void an_admin_plans_a_walk_applies_exactly_that_and_takes_it_back() {
        Kind kind = new Kinds("").get("ckan").kind();
        try (KindServer portal = KindServer.start(kind)) {
            portal.standIn().serve(DemoRecords.of("ckan"));
            TestDatabase.execute(
                    "insert into harvest.sources (name, kind, url, host, options) values ('valley', 'ckan', '%s', '127.0.0.1', '{\"requests-per-second\":\"100\"}')"
                            .formatted(portal.url()));
            login();
            press("plan", "A walk for a plan begins");
            awaitRuns(1);
            BROWSER.open(WEB.at("/sources/valley"));
            BROWSER.find("a[href*='plan=']").click();
            BROWSER.awaitText("36 added");
            assertThat(ofValley()).isZero();
            BROWSER.find("button[value=apply]").click();
            Await.until("the datasets", BrowserTest::ofValley, count -> count == 36);
            awaitRuns(2);
            BROWSER.open(WEB.at("/sources/valley"));
            assertThat(BROWSER.text()).contains("applied by");
            BROWSER.find("button[value=undo]").click();
            Await.until("no datasets", BrowserTest::ofValley, count -> count == 0);
            awaitRuns(3);
            press("walk", "A walk begins");
            Await.until("the datasets", BrowserTest::ofValley, count -> count == 36);
            awaitRuns(4);
        }
        assertThat(BROWSER.complaints()).isEmpty();
    }

    private static void press(String button, String said) {
        BROWSER.open(WEB.at("/sources/valley"));
        BROWSER.find("button[value=%s]".formatted(button)).click();
        BROWSER.awaitText(said);
    }

    private static void awaitRuns(int count) {
        Await.until(
                "the end of run " + count,
                () -> count("ops.runs", "scope = 'valley' and status = 'succeeded'"),
                ended -> ended == count);
    }

    private static long ofValley() {
        return count(
                "harvest.datasets d join harvest.sources s on s.id = source_id",
                "s.name = 'valley' and retired_at is null");
    }

    private static long count(String table, String condition) {
        return TestDatabase.number("select count(*) from %s where %s".formatted(table, condition));
    }

    @Test
    void an_admin_keeps_what_was_held_back() {
        login();
        BROWSER.open(WEB.at("/"));
        BROWSER.find(".needs a[href='/sources/wien']").click();
        BROWSER.find("button[value=dismiss]").click();
        BROWSER.awaitText("What was held back stays");
        Await.until(
                "the decision",
                () -> TestDatabase.text("select coalesce(max(decision), '') from harvest.retirements"),
                "dismissed"::equals);
        BROWSER.open(WEB.at("/sources/wien"));
        assertThat(BROWSER.text()).doesNotContain("are held back");
    }

    @Test
    void somebody_looks_into_a_run_and_what_it_refused() {
        BROWSER.open(WEB.at("/runs?status=partial"));
        BROWSER.find("#runs tbody a").click();
        BROWSER.find("details.reject summary").click();
        BROWSER.awaitText("The record has no title.");
        assertThat(BROWSER.driver().findElements(org.openqa.selenium.By.cssSelector("canvas")))
                .hasSize(1);
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void a_file_that_is_dropped_on_the_page_is_in_the_inbox() throws IOException {
        login();
        Path file = Files.createTempFile("index", ".ndjson");
        file.toFile().deleteOnExit();
        Files.writeString(file, "{\"id\":\"x\"}\n".repeat(60_000));
        BROWSER.open(WEB.at("/registry"));
        BROWSER.find("#file").sendKeys(file.toString());
        BROWSER.awaitText(file.getFileName() + " is in the inbox.");
        Await.until(
                "the list",
                () -> BROWSER.text("#inbox"),
                text -> text.contains(file.getFileName().toString()) && text.contains("660,000"));
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void somebody_compares_names() {
        BROWSER.open(WEB.at("/names"));
        BROWSER.find("input[name=names]").sendKeys("emma, jordan, <b>" + Keys.ENTER);
        BROWSER.awaitText("Babies a year");
        assertThat(BROWSER.driver().findElements(org.openqa.selenium.By.cssSelector("canvas")))
                .hasSize(1);
        assertThat(BROWSER.text()).contains("Jordan", "% girls");
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void an_admin_reads_what_changed_on_a_page_and_subscribes_somebody() {
        login();
        BROWSER.open(WEB.at("/policy"));
        BROWSER.find(".timeline a").click();
        assertThat(BROWSER.find("#difference").getText()).contains("38,700", "41,700");
        BROWSER.open(WEB.at("/policy"));
        BROWSER.find("input[name=email]").sendKeys("reader@example.org");
        BROWSER.find("input[name=destination]").sendKeys("GB" + Keys.ENTER);
        BROWSER.awaitText("The owner of the address gets a mail");
        assertThat(BROWSER.find("#subscriptions").getText() + BROWSER.text())
                .contains("reader@example.org", "any → GB");
    }

    private static void login() {
        String cookie = WEB.login("operator", "admin");
        BROWSER.open(WEB.at("/assets/mark.svg"));
        BROWSER.driver().manage().addCookie(new Cookie("catchment", cookie.substring(cookie.indexOf('=') + 1)));
        BROWSER.complaints(); // of the picture alone, which has no icon
    }
}
