package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.Watched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service of 256 MB and what strangers may send it: each harms its own check alone. */
@Tag("process")
@Timeout(1800)
class HostileDocumentsTest {
    private static final String BAD_HTML = "<p><b><i><a href=x>".repeat(60_000);
    private static final List<String> CAUSES = List.of("too_complex", "too_slow", "oversize");

    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static int hosts;

    private static CrawlProcess service(String rooms, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(POLICY.settings());
        all.put("policy.watch.cron", "* * * * * ?");
        all.put("catalog.crawl-on-start", "never");
        all.put("policy.retry-delay", "1h");
        all.putAll(settings);
        return CrawlProcess.service(rooms, all);
    }

    /** Each on a host of its own, so that none waits for another. */
    private static void watched(String name, ServedPage page) {
        int host = ++hosts;
        POLICY.pages().serve("/" + host, page);
        boolean isPdf = page.headers().get("Content-Type").contains("pdf");
        Watched.source(name, POLICY.pages().url(host, "/" + host), isPdf ? "pdf" : "html", "{}");
    }

    private static void good(int pages) {
        for (int i = 0; i < pages; i++) {
            watched("good " + (hosts + 1), VisaPage.of("The fee is " + i + " pounds.\nApply online."));
        }
    }

    private static ServedPage pdf(byte[] pdf) {
        return ServedPage.of("application/pdf", pdf);
    }

    /** For as long as there is always another page within minutes: on a busy machine all of them take long. */
    private static void awaitAllChecked(CrawlProcess service) {
        Await.until(
                "the service is up: " + service.standardError(),
                () -> service.standardOutput().contains("Manage:"));
        for (long checked = 0; checked < number("select count(*) from policy.sources"); ) {
            long before = checked;
            checked = Await.until(
                    "another page is checked",
                    () -> number("select count(*) from policy.sources where last_checked_at is not null"),
                    now -> now > before || !isAlive(service));
            assertThat(isAlive(service)).as(service.standardError()).isTrue();
        }
    }

    private static boolean isAlive(CrawlProcess service) {
        return ProcessHandle.of(service.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static Map<String, String> outcomes() {
        return texts("select s.name || '|' || concat_ws(' ', f.outcome, f.cause) from policy.sources s"
                        + " join policy.fetches f on f.source_id = s.id order by f.id")
                .stream()
                .map(row -> row.split("\\|"))
                .collect(Collectors.toMap(row -> row[0], row -> row[1], (one, other) -> other, LinkedHashMap::new));
    }

    @Test
    void each_document_has_its_cause_and_good_pages_a_crawl_and_a_load_of_names_go_on() throws IOException {
        hosts = 0;
        watched("bad tags", ServedPage.html(BAD_HTML));
        good(3);
        watched("bad words", pdf(Papers.packed("word ", 1_600_000)));
        good(3);
        watched("bad gigabyte", pdf(Papers.packed("x".repeat(1 << 20), 1_024)));
        good(3);
        watched("bad letters", pdf(Papers.packed("x", 3_000_000)));
        watched("bad long word", ServedPage.html("<p>" + "x".repeat(3_000_000)));
        good(3);
        watched("deep", ServedPage.html("<div>".repeat(400_000) + "The fee is 80 pounds."));
        good(3);
        Path inbox = Files.createDirectories(Path.of(POLICY.settings().get("data.dir"), "inbox/names"));
        String names = IntStream.range(0, 5_000)
                .mapToObj(i -> "Ma" + Integer.toString(i, 26).replaceAll("[0-9]", "z") + "q,F," + (5_000 - i))
                .collect(Collectors.joining("\r\n"));
        Files.writeString(inbox.resolve("yob1880.txt"), names, StandardCharsets.US_ASCII);
        try (StandInServer upstream = StandInServer.start();
                CrawlProcess service = service(
                        "policy,catalog,names",
                        Map.of(
                                "reader.heap", "64MB",
                                "catalog.us.url", upstream.url(),
                                "catalog.eu.url", upstream.url(),
                                "http.requests-per-second", "2",
                                "catalog.page-size", "20",
                                "catalog.crawl-on-start", "always"))) {
            awaitAllChecked(service);
            Await.until(
                    "both regions are crawled",
                    () -> texts("select status from ops.runs where flow = 'crawl'"),
                    List.of("succeeded", "succeeded")::equals);
            Await.until("the names count", () -> texts("select status from names.jobs"), List.of("completed")::equals);
            service.terminate();
            assertThat(service.exitCode()).as(service.standardError()).isEqualTo(130);
            assertThat(service.standardError()).doesNotContain("internal error", "OutOfMemory");
        }
        outcomes().forEach((name, outcome) -> {
            if (name.startsWith("bad")) {
                assertThat(outcome)
                        .as(name)
                        .isIn(CAUSES.stream().map(cause -> "failed " + cause).toList());
            } else if (name.startsWith("good")) {
                assertThat(outcome).as(name).isEqualTo("baseline");
            } else {
                assertThat(outcome).as(name).isIn("baseline", "failed too_complex", "failed too_slow");
            }
        });
        assertThat(texts("select distinct status from ops.runs where room in ('catalog', 'names')"))
                .containsExactly("succeeded");
        assertThat(texts("select name from policy.sources where claimed_by is not null"))
                .isEmpty();
    }

    @Test
    void a_dozen_at_once_are_refused_one_after_the_other_and_the_good_ones_among_them_are_checked() {
        hosts = 0;
        for (int i = 0; i < 12; i++) {
            watched("bad " + i, ServedPage.html(BAD_HTML));
            good(i % 4 == 0 ? 1 : 0);
        }
        try (CrawlProcess service = service("policy", Map.of("reader.heap", "32MB", "policy.workers", "10"))) {
            awaitAllChecked(service);
            Await.until(
                    "the watch has ended",
                    () -> text("select count(*) from ops.runs where status = 'running'"),
                    "0"::equals);
            service.terminate();
            assertThat(service.exitCode()).as(service.standardError()).isEqualTo(130);
        }
        assertThat(outcomes())
                .hasSize(15)
                .allSatisfy((name, outcome) -> assertThat(outcome)
                        .as(name)
                        .isIn(
                                name.startsWith("good")
                                        ? List.of("baseline")
                                        : List.of("failed too_complex", "failed too_slow")));
        assertThat(text("select count(*) from ops.runs where status <> 'succeeded'"))
                .isEqualTo("0");
    }

    @Test
    void sigterm_ends_the_service_although_a_reader_is_busy_and_the_page_is_free_again() {
        hosts = 1;
        String text = "<p>The fee is 80. " + "a".repeat(500) + "!";
        POLICY.pages().serve("/1", ServedPage.html(text));
        Watched.source("endless", POLICY.pages().url(1, "/1"), "html", "{\"rules\": {\"ignore\": [\"(.*a){12}z\"]}}");
        try (CrawlProcess service = service("policy", Map.of("policy.pdf.timeout", "1h"))) {
            Await.until("it is asked for", () -> !POLICY.pages().paths().isEmpty());
            Await.until(
                    "it is being read",
                    () -> readers(service)
                            .anyMatch(reader -> reader.info()
                                    .totalCpuDuration()
                                    .filter(used -> used.toSeconds() >= 2)
                                    .isPresent()));
            List<ProcessHandle> readers = readers(service).toList();
            long begin = System.nanoTime();
            service.terminate();
            assertThat(service.exitCode()).as(service.standardError()).isEqualTo(130);
            assertThat((System.nanoTime() - begin) / 1_000_000_000)
                    .as("seconds")
                    .isLessThan(60);
            Await.until("its readers are gone", () -> readers.stream().noneMatch(ProcessHandle::isAlive));
        }
        assertThat(texts("select status from ops.runs")).containsOnly("stopped");
        assertThat(texts("select name from policy.sources where claimed_by is not null"))
                .isEmpty();
        assertThat(Watched.outcomes()).isEmpty();
    }

    private static Stream<ProcessHandle> readers(CrawlProcess service) {
        assertThat(isAlive(service)).as(service.standardError()).isTrue();
        return ProcessHandle.of(service.pid()).orElseThrow().children();
    }

    @Test
    void a_reader_ends_with_a_service_that_is_killed() {
        hosts = 1;
        POLICY.pages().serve("/1", ServedPage.html("<p>The fee is 80. " + "a".repeat(500) + "!"));
        Watched.source("endless", POLICY.pages().url(1, "/1"), "html", "{\"rules\": {\"ignore\": [\"(.*a){12}z\"]}}");
        try (CrawlProcess service = service("policy", Map.of("policy.pdf.timeout", "1h"))) {
            Await.until("it is asked for", () -> !POLICY.pages().paths().isEmpty());
            Await.until("a reader is there", () -> readers(service).findAny().isPresent());
            List<ProcessHandle> readers = readers(service).toList();
            service.kill();
            Await.until("its reader is gone", () -> readers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }
}
