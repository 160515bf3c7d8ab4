package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.harvest.source.SourceOrder;
import dev.catchment.settings.Settings;
import dev.catchment.support.Defaults;
import dev.catchment.support.InboxFolder;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of sources: what becomes of each entry. */
class SourceImportTest {
    private static final Path REGISTRY = Path.of("../shared/data/portals/registry/catalogs.jsonl.zst");
    private static final String HELD =
            "select concat_ws(' ', name, kind, url, title, country, language, options, secret,"
                    + " schedule, is_active) from harvest.sources order by name";

    private static Service service;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        service = Service.start(
                Defaults.settings(),
                TestDatabase.get(),
                Map.of(),
                Routes.of("harvest").without("harvest-(walk|retire|http).*"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static Map<String, Object> imported(Path file) {
        return imported(file, false, false);
    }

    private static Map<String, Object> imported(Path file, boolean activate, boolean dryRun) {
        return service.ask("harvest-import", new SourceOrder(file, "test", activate, dryRun));
    }

    private static List<String> rejects() {
        return texts("select concat_ws(' | ', position, reason, message) from ops.rejects order by id");
    }

    // ---- our own words ----

    @Test
    void yaml_says_all_that_a_source_may_be() throws IOException {
        Path file = file(
                "portals.yaml",
                "- name: city-of-x",
                "  kind: ckan",
                "  url: HTTPS://Data.Example.org/ckan/",
                "  title: City of X",
                "  country: gb",
                "  language: en",
                "  options: {tenant: north, pages: 3}",
                "  secret: PORTAL_KEY",
                "  schedule: 0 0 5 * * ?",
                "  active: true",
                "- {kind: dcat-us, url: 'https://data.example.gov/data.json'}");
        assertThat(imported(file)).containsEntry("status", "succeeded").containsEntry("added", 2L);
        assertThat(texts(HELD))
                .containsExactly(
                        "city-of-x ckan https://data.example.org/ckan City of X GB en {\"pages\": 3, \"tenant\": \"north\"} PORTAL_KEY 0 0 5 * * ? t",
                        "data.example.gov-data.json-e5f3f7 dcat-us https://data.example.gov/data.json {} f"
                                .replace(
                                        "e5f3f7",
                                        text("select right(name, 6) from harvest.sources where kind = 'dcat-us'")));
        assertThat(texts("select host from harvest.sources")).contains("data.example.org");
        assertThat(texts("select room || ' ' || flow || ' ' || scope || ' ' || seen from ops.runs"))
                .containsExactly("harvest import portals.yaml 2");
        assertThat(number("select count(*) from ops.requests")).isEqualTo(1);
    }

    @Test
    void csv_says_the_same() throws IOException {
        Path file = file(
                "portals.csv",
                "name,kind,url,country,options,option.tenant,active",
                "a,ckan,https://a.example.org,DE,\"one=1;two=2\",north,true",
                "b,ckan,https://b.example.org,,,,");
        assertThat(imported(file)).containsEntry("added", 2L);
        assertThat(texts(HELD))
                .containsExactly(
                        "a ckan https://a.example.org/ DE {\"one\": \"1\", \"two\": \"2\", \"tenant\": \"north\"} t",
                        "b ckan https://b.example.org/ {} f");
    }

    @Test
    void json_lines_may_come_packed() throws IOException {
        Path file = folder.resolve("portals.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"name\":\"a\",\"kind\":\"ckan\",\"url\":\"https://a.example.org\"}\n\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(imported(file)).containsEntry("added", 1L).containsEntry("note", "Kinds: ckan 1.");
    }

    @Test
    void a_second_import_touches_no_row_and_what_a_file_does_not_say_stays() throws IOException {
        imported(file("a.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org', title: A, active: true}"));
        String version = text("select xmin || ' ' || ctid from harvest.sources");
        assertThat(imported(file("b.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org/'}")))
                .containsEntry("unchanged", 1L);
        assertThat(text("select xmin || ' ' || ctid from harvest.sources")).isEqualTo(version);
        assertThat(imported(file("c.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org/', title: New}")))
                .containsEntry("updated", 1L);
        assertThat(texts(HELD)).containsExactly("a ckan https://a.example.org/ New {} t");
    }

    @Test
    void a_source_that_moved_is_new_to_us_and_leaves_its_secret() throws IOException {
        imported(file("a.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org', active: true, secret: A_KEY}"));
        imported(file("a.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org/ckan'}"));
        assertThat(texts(HELD)).containsExactly("a ckan https://a.example.org/ckan {} A_KEY t");
        TestDatabase.execute("update harvest.sources set health = 'dead', failures = 20, health_reason = 'gone'");
        imported(file("a.yaml", "- {name: a, kind: ckan, url: 'https://b.example.org'}"));
        assertThat(texts("select concat_ws(' ', health, failures, health_reason, host, secret) from harvest.sources"))
                .containsExactly("never 0 b.example.org");
    }

    @Test
    void a_dry_run_writes_nothing_and_says_the_same() throws IOException {
        Path file = file(
                "a.yaml",
                "- {name: a, kind: ckan, url: 'https://a.example.org', active: true}",
                "- {name: b, kind: nothing, url: 'https://b.example.org'}");
        Map<String, Object> dry = imported(file, false, true);
        assertThat(dry).containsEntry("added", 1L).containsEntry("rejected", 1L).containsEntry("seen", 2L);
        assertThat(dry.get("note")).asString().contains("The first reject: entry 2 (line 2): kind=nothing");
        assertThat(texts(HELD)).isEmpty();
        assertThat(number("select count(*) from ops.runs")).isZero();
        Map<String, Object> wet = imported(file);
        assertThat(wet).containsEntry("added", 1L).containsEntry("rejected", 1L).containsEntry("seen", 2L);
        assertThat(imported(file, true, true)).containsEntry("unchanged", 1L);
    }

    // ---- bad rows ----

    @Test
    void a_bad_entry_is_rejected_with_its_line_and_what_is_allowed_and_the_others_go_on() throws IOException {
        Map<String, Object> run = imported(file(
                "bad.yaml",
                "- {name: Upper, kind: ckan, url: 'https://a.example.org'}",
                "- {name: a, kind: ckna, url: 'https://a.example.org'}",
                "- {name: b, kind: ckan, url: 'ftp://a.example.org'}",
                "- {name: c, kind: ckan, url: 'https://me:pass@a.example.org'}",
                "- {name: d, kind: ckan, url: 'https://d.example.org', county: GB}",
                "- {name: e, kind: ckan, url: 'https://e.example.org', secret: s3cr3t-value}",
                "- just a word",
                "- {name: f, kind: ckan, url: 'https://f.example.org', schedule: daily}",
                "- {name: good, kind: ckan, url: 'https://good.example.org'}",
                "- {name: good, kind: ckan, url: 'https://other.example.org'}"));
        assertThat(run)
                .containsEntry("status", "succeeded")
                .containsEntry("rejected", 9L)
                .containsEntry("added", 1L);
        List<String> rejects = rejects();
        assertThat(rejects).hasSize(9);
        assertThat(rejects.get(0))
                .startsWith("entry 1 (line 1) | bad-field | name=Upper is not allowed. Allowed: small letters");
        assertThat(rejects.get(1))
                .startsWith(
                        "entry 2 (line 2) | unknown-kind | kind=ckna is not allowed. Allowed: one of arcgis-hub, ckan");
        assertThat(rejects.get(2)).contains("url=ftp://a.example.org is not allowed");
        assertThat(rejects.get(3)).contains("without user and password").doesNotContain("pass@");
        assertThat(rejects.get(4)).contains("Unknown field county. Did you mean country?");
        assertThat(rejects.get(5)).contains("name of an environment variable");
        assertThat(rejects.get(6)).contains("entry 7 (line 7) | wrong-type");
        assertThat(rejects.get(7)).contains("schedule=daily is not allowed");
        assertThat(rejects.get(8)).contains("entry 10 (line 10) | duplicate-name");
        assertThat(texts("select record || message from ops.rejects")).noneMatch(each -> each.contains("s3cr3t"));
    }

    @Test
    void a_portal_that_another_name_holds_is_rejected_with_that_name() throws IOException {
        imported(file("a.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org'}"));
        Map<String, Object> run = imported(file(
                "b.yaml",
                "- {name: b, kind: ckan, url: 'https://A.example.org/'}",
                "- {name: c, kind: ckan, url: 'https://c.example.org/'}",
                "- {name: d, kind: ckan, url: 'https://c.example.org/'}",
                "- {name: e, kind: ckan, url: 'https://c.example.org/', options: {part: 2}}",
                "- {name: f, kind: ckan, url: 'http://www.a.example.org'}",
                "- {name: g, kind: ckan, url: 'http://c.example.org:80'}"));
        assertThat(run).containsEntry("added", 2L).containsEntry("rejected", 4L);
        assertThat(texts("select name from harvest.sources order by 1")).containsExactly("a", "c", "e");
        assertThat(rejects())
                .anySatisfy(each -> assertThat(each).contains("entry 1 (line 1) | already-held", "already held as a"))
                .anySatisfy(each -> assertThat(each).contains("entry 3 (line 3) | already-held", "already held as c"))
                .anySatisfy(each -> assertThat(each).contains("entry 5 (line 5) | already-held", "already held as a"))
                .anySatisfy(each -> assertThat(each).contains("entry 6 (line 6) | already-held", "already held as c"));
    }

    @Test
    void of_a_file_that_breaks_off_what_stands_before_is_imported() throws IOException {
        Map<String, Object> run = imported(file(
                "a.csv",
                "name,kind,url",
                "a,ckan,https://a.example.org",
                "b,ckan,\"https://b.example.org",
                "c,ckan,x"));
        assertThat(run).containsEntry("status", "failed").containsEntry("added", 1L);
        assertThat(run.get("error")).asString().contains("It is not CSV");
        byte[] packed;
        Path whole = folder.resolve("w.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            for (int i = 0; i < 5000; i++) {
                out.write("{\"name\":\"s%d\",\"kind\":\"ckan\",\"url\":\"https://s%d.example.org\"}%n"
                        .formatted(i, i * 7919L % 10007)
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        packed = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), java.util.Arrays.copyOf(packed, packed.length - 100));
        Map<String, Object> second = imported(cut);
        assertThat(second).containsEntry("status", "failed");
        assertThat(second.get("error")).asString().contains("cut.jsonl.gz cannot be read on after line");
        assertThat((Long) second.get("added")).isGreaterThan(2000);
    }

    @Test
    void a_line_without_end_is_no_reason_to_stop() throws IOException {
        Map<String, Object> run = imported(file(
                "a.jsonl",
                "{\"name\":\"" + "x".repeat(3 << 20) + "\"}",
                "{\"name\":\"a\",\"kind\":\"ckan\",\"url\":\"https://a.example.org\"}",
                "{broken"));
        assertThat(run).containsEntry("added", 1L).containsEntry("rejected", 2L);
        assertThat(rejects().get(0)).startsWith("line 1 | too-long");
        assertThat(rejects().get(1)).startsWith("line 3 | not-json");
        assertThat(number("select max(length(record)) from ops.rejects")).isLessThan(2000);
    }

    @Test
    void a_file_of_something_else_is_no_success() throws IOException {
        assertThat(imported(file("a.yaml", "name: a")).get("error")).asString().contains("It must be a list");
        assertThat(imported(file("b.yaml", "- {what: 1}", "- {what: 2}")).get("error"))
                .asString()
                .contains("No source in b.yaml could be used: 2 entries were rejected, the first as entry 1 (line 1)");
    }

    // ---- the registry of data portals ----

    private static String portal(String id, String software, String status, String endpoints) {
        return ("{'id':'%s','link':'https://%s.example.org/','name':'Portal %1$s','software':{'id':'%s'},'status':'%s',"
                        + "'api_status':'active','owner':{'location':{'country':{'id':'ES'}}},'langs':[{'id':'ES'}],'endpoints':[%s]}")
                .formatted(id, id.toLowerCase(), software, status, endpoints)
                .replace('\'', '"');
    }

    private static String endpoint(String type, String url) {
        return "{'type':'%s','url':'%s'}".formatted(type, url);
    }

    @Test
    void a_portal_of_the_registry_gets_its_kind_and_the_url_that_the_kind_asks_for() throws IOException {
        Map<String, Object> run = imported(file(
                "catalogs.jsonl",
                portal(
                        "one",
                        "ckan",
                        "active",
                        endpoint(
                                "ckan:package-search", "https://one.example.org/data/api/3/action/package_search?q=x")),
                portal(
                        "two",
                        "ckan",
                        "active",
                        endpoint("ckan:package-list", "https://two.example.org/ckan/api/3/action/package_list")),
                portal("three", "ckan", "active", ""),
                portal("four", "custom", "active", endpoint("dcatus11", "https://four.example.org/feed/data.json")),
                portal("five", "dkan", "active", ""),
                portal("Six", "ckan", "active", ""),
                portal("dead", "ckan", "inactive", ""),
                portal("maps", "arcgisserver", "active", ""),
                portal("more", "arcgisserver", "active", ""),
                portal("paper", "pxweb", "active", "")));
        assertThat(run).containsEntry("added", 6L).containsEntry("skipped", 4L).containsEntry("seen", 10L);
        assertThat(run.get("note"))
                .isEqualTo(
                        "Kinds: ckan 4, dcat-us 2. Skipped: 3 no known kind (arcgisserver 2, pxweb 1), not active any more 1.");
        assertThat(texts("select name || ' ' || url from harvest.sources where name !~ '^six' order by name"))
                .containsExactly(
                        "five https://five.example.org/data.json",
                        "four https://four.example.org/feed/data.json",
                        "one https://one.example.org/data",
                        "three https://three.example.org/",
                        "two https://two.example.org/ckan");
        assertThat(text("select name from harvest.sources where name ~ '^six'")).matches("six-[0-9a-f]{6}");
        assertThat(
                        texts(
                                "select distinct title || country || language || is_active from harvest.sources where name = 'one'"))
                .containsExactly("Portal oneESesfalse");
    }

    @Test
    void a_portal_that_another_room_keeps_is_skipped_for_that_unless_it_has_another_endpoint() throws IOException {
        String other = portal("two", "socrata", "active", endpoint("dcatus11", "https://two.example.org/data.json"));
        Map<String, Object> run = imported(file("c.jsonl", portal("one", "socrata", "active", ""), other));
        assertThat(run.get("note")).isEqualTo("Kinds: dcat-us 1. Skipped: kept by another room 1.");
    }

    @Test
    void the_whole_registry_is_imported_in_one_go_and_a_second_time_nothing_changes() {
        assumeTrue(Files.exists(REGISTRY), "the recorded registry is not here");
        Map<String, Object> run = imported(REGISTRY, true, false);
        assertThat(run).containsEntry("status", "succeeded").containsEntry("seen", 19_140L);
        long added = (Long) run.get("added");
        assertThat(added + (Long) run.get("skipped") + (Long) run.get("rejected"))
                .isEqualTo(19_140);
        assertThat(run.get("note")).asString().contains("ckan 1,", "no known kind", "not active any more");
        assertThat(added).isGreaterThan(4000);
        assertThat(imported(REGISTRY, true, false))
                .containsEntry("unchanged", added)
                .containsEntry("added", 0L);
        List<String> days = texts("select count(*) from harvest.sources where is_active group by due_at::date");
        assertThat(days).hasSizeBetween(7, 9);
        assertThat(
                        number(
                                "select max(n) from (select count(*) n from harvest.sources group by date_trunc('hour', due_at)) h"))
                .as("walks that begin within one hour")
                .isLessThanOrEqualTo(added / 100);
    }

    @Test
    void few_first_walks_begin_a_minute_apart() throws IOException {
        imported(
                file(
                        "a.csv",
                        "kind,url",
                        IntStream.range(0, 60)
                                .mapToObj("ckan,https://s%d.example.org"::formatted)
                                .collect(Collectors.joining("\n"))),
                true,
                false);
        assertThat(number("select round(extract(epoch from max(due_at) - min(due_at)) / 60) from harvest.sources"))
                .isEqualTo(59);
    }

    @Test
    void a_file_that_is_dropped_is_imported_and_put_away_with_a_report() throws IOException {
        Settings settings = Defaults.settings()
                .with(Map.of(
                        "data.dir", folder.toString(),
                        "harvest.inbox.settle", "100ms",
                        "harvest.cron", "0 0 0 1 1 ? 2099",
                        "catalog.crawl-on-start", "never"));
        InboxFolder inbox = new InboxFolder(folder.resolve("inbox/harvest"));
        Files.createDirectories(inbox.path());
        try (Service whole = Service.start(
                settings,
                TestDatabase.get(),
                Map.of(),
                Routes.all().without("(catalog-crawl-schedule|harvest-(walk|retire|http).*)"))) {
            inbox.drop("good.yaml", "- {name: a, kind: ckan, url: 'https://a.example.org'}", "- nonsense");
            assertThat(Files.readString(inbox.await("done", "good.yaml.report.json")))
                    .contains("\"added\" : 1", "\"rejected\" : 1", "Kinds: ckan 1.");
            inbox.drop("bad.yaml", "nothing: here");
            assertThat(Files.readString(inbox.await("failed", "bad.yaml.report.json")))
                    .contains("It must be a list");
        }
        assertThat(texts("select name || is_active from harvest.sources")).containsExactly("afalse");
    }
}
