package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.KindServer;
import dev.catchment.support.TemporaryFolder;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the API has done to portals happens: against the stand-ins, from the request to what is held then. */
class PortalActsTest {
    private static final StandInServer CATALOGUE = StandInServer.start();
    private static final String KIND = HarvestRig.listed("""
            page: { by: offset, params: { from: start, size: rows }, size: 8, end: [empty-page, total] }
            total: /count
            retire: { after: 1, max-percent: 10%, at-least: 5 }
            """);

    private static final KindServer PORTAL = KindServer.start(HarvestRig.kind("made-up", KIND));

    @RegisterExtension
    static final WebRig WEB = new WebRig()
            .with("catalog.us.url", CATALOGUE.url())
            .with("catalog.eu.url", CATALOGUE.url())
            .with("catalog.page-size", "10")
            .with("http.requests-per-second", "10000")
            .with("http.retry-delay", "1ms")
            .with("http.timeout", "2s")
            .with("harvest.http.allow-private", "true")
            .with("harvest.http.timeout", "2s")
            .with("kinds.dir", kinds());

    private static final String SOURCE = "/api/v1/sources/portal";

    private String key;

    private static String kinds() {
        try {
            Path folder = TemporaryFolder.create("kinds");
            Files.writeString(folder.resolve("made-up.kind.yaml"), KIND);
            Files.writeString(folder.resolve("made-up.sql"), HarvestRig.MAPPING);
            return folder.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() {
        CATALOGUE.close();
        PORTAL.close();
    }

    @BeforeEach
    void portals() {
        CATALOGUE.standIn().forget();
        CATALOGUE.standIn().replace(Assets.lines(20));
        PORTAL.standIn().forget();
        serve(36);
        key = WEB.key("admin");
        TestDatabase.execute("insert into harvest.sources (name, kind, url, host) values ('portal', 'made-up', '"
                + PORTAL.url() + "', '127.0.0.1')");
    }

    private static void serve(int most) {
        PORTAL.standIn().serve(HarvestRig.datasets(most));
    }

    @AfterEach
    void all_runs_were_asked_for_over_the_api() {
        assertThat(TestDatabase.texts("select distinct trigger from ops.runs")).containsExactly("api");
    }

    @Test
    void a_region_is_crawled_and_the_crawl_undone() {
        act("/api/v1/regions/us/crawl");
        ended("crawl", "full", "succeeded");
        assertThat(held("catalog.socrata_datasets")).isEqualTo(20);
        atRest();
        act("/api/v1/runs/" + lastRun() + "/undo");
        ended("crawl", "undo", "succeeded");
        assertThat(held("catalog.socrata_datasets")).isZero();
    }

    @Test
    void a_crawl_is_stopped_by_its_region_or_as_a_run() {
        for (String by : List.of("region", "run")) {
            CATALOGUE.standIn().next(Fault.NONE, Fault.HANG);
            act("/api/v1/regions/us/crawl");
            running();
            act(by.equals("region") ? "/api/v1/regions/us/stop" : "/api/v1/runs/" + lastRun() + "/stop");
            ended("crawl", "full", "stopped");
            atRest();
        }
    }

    @Test
    void a_region_is_planned_and_the_plan_applied() {
        act("/api/v1/sources/socrata-us/plan");
        String plan = plan("socrata-us");
        assertThat(held("catalog.socrata_datasets")).isZero();
        act("/api/v1/plans/" + plan + "/apply");
        ended("crawl", "apply", "succeeded");
        assertThat(held("catalog.socrata_datasets")).isEqualTo(20);
        assertThat(WEB.get("/api/v1/plans/" + plan).json().path("applied_run").asLong())
                .isPositive();
        Answer again = WEB.post("/api/v1/plans/" + plan + "/apply", "", "Authorization", key);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText()).contains("was applied by run");
    }

    @Test
    void a_source_is_walked_and_the_walk_undone() {
        act(SOURCE + "/walk");
        ended("walk", "full", "succeeded");
        assertThat(held("harvest.datasets")).isEqualTo(36);
        atRest();
        act("/api/v1/runs/" + lastRun() + "/undo");
        ended("walk", "undo", "succeeded");
        assertThat(held("harvest.datasets")).isZero();
    }

    @Test
    void a_walk_is_stopped() {
        PORTAL.standIn().next(Fault.NONE, Fault.HANG);
        act(SOURCE + "/walk");
        running();
        act(SOURCE + "/stop");
        ended("walk", "full", "stopped");
    }

    @Test
    void a_source_is_planned_and_the_plan_applied() {
        act(SOURCE + "/plan");
        String plan = plan("portal");
        assertThat(held("harvest.datasets")).isZero();
        act("/api/v1/plans/" + plan + "/apply");
        ended("walk", "apply", "succeeded");
        assertThat(held("harvest.datasets")).isEqualTo(36);
    }

    @Test
    void what_was_held_back_is_retired_or_stays_as_was_decided() {
        act(SOURCE + "/walk");
        ended("walk", "full", "succeeded");
        atRest();
        serve(10);
        for (String decision : List.of("dismiss", "confirm")) {
            act(SOURCE + "/walk");
            atRest();
            assertThat(WEB.get("/api/v1/retirements?source=portal&is-open=true")
                            .json()
                            .path("items"))
                    .hasSize(1);
            act(SOURCE + "/retirement/" + decision);
            ended("walk", decision, "succeeded");
            atRest();
            assertThat(held("harvest.datasets")).isEqualTo(decision.equals("dismiss") ? 36 : 10);
        }
    }

    private void act(String path) {
        long before = TestDatabase.number("select coalesce(max(id), 0) from ops.runs");
        Answer answer = WEB.post(path, "", "Authorization", key);
        assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(202);
        assertThat(WEB.get(answer.header("Location")).status()).isEqualTo(200);
        if (!path.endsWith("/stop")) {
            Await.until(
                    "its run is begun",
                    () -> TestDatabase.number("select coalesce(max(id), 0) from ops.runs"),
                    last -> last > before);
        }
    }

    /** Nothing runs any more, as this process and as the ledger have it. */
    private static void atRest() {
        Await.until(
                "all runs are over",
                () -> WEB.service().running().all().size()
                        + TestDatabase.number("select count(*) from ops.runs where status = 'running'")
                        + TestDatabase.number("select count(*) from harvest.sources where claimed_by is not null"),
                open -> open == 0);
    }

    private static long held(String table) {
        return TestDatabase.number("select count(*) from " + table + " where retired_at is null");
    }

    private static String lastRun() {
        return TestDatabase.text("select max(id) from ops.runs");
    }

    private static void running() {
        Await.until(
                "a page of the run is committed",
                () -> TestDatabase.number(
                        "select count(*) from ops.requests where run_id = (select max(id) from ops.runs)"),
                pages -> pages > 0);
    }

    private static void ended(String flow, String mode, String status) {
        String last = "select flow || ' ' || mode || ' ' || status || coalesce(': ' || error, '') from ops.runs"
                + " where flow in ('crawl', 'walk') order by id desc limit 1";
        Await.until(
                "a run has ended: " + mode,
                () -> TestDatabase.text(last),
                said -> said != null && said.startsWith(flow + " " + mode) && !said.contains("running"));
        assertThat(TestDatabase.text(last)).isEqualTo("%s %s %s".formatted(flow, mode, status));
    }

    /** The plan of a source, once it can be applied. */
    private static String plan(String source) {
        JsonNode made = Await.until(
                "the plan is made",
                () -> WEB.get("/api/v1/plans?source=" + source).json().at("/items/0"),
                plan -> plan.path("is_complete").asBoolean());
        atRest();
        return made.path("plan").asText();
    }
}
