package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.standin.Answer;
import dev.catchment.harvest.HarvestOrder;
import dev.catchment.support.Dcat;
import dev.catchment.support.KindServer;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What is published is walked by our own kinds, and comes back as it went. */
class CatalogueRoundTripTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig()
            .with("harvest.http.allow-private", "true")
            .with("http.retry-delay", "1ms")
            .with("http.max-retries", "1")
            .with("harvest.http.timeout", "5s");

    private static final Path DATA = Path.of("../shared/data/portals/dcat-us");

    private static final String ORIGIN = """
            insert into harvest.sources (name, kind, url, host, title, language) values
              ('origin', 'ckan', 'https://origin.example', 'origin.example', 'Origin', 'en'),
              ('other', 'ckan', 'https://other.example', 'other.example', 'Other', 'en');
            insert into harvest.datasets (
              source_id, key, record_type, title, description, issued_at, issued, modified_at, modified, publisher, publisher_uri, contact,
              license, license_uri, access_level, themes, keywords, spatial, bbox, temporal, temporal_from, temporal_to, languages,
              landing_page, content_hash, first_seen_at, changed_at, last_changed_at)
            select
              s.id, case n % 3 when 0 then 'https://' || s.host || '/id/' || n else 'key-' || n end, case n % 7 when 0 then 'series' else 'dataset' end,
              'Tides of harbour ' || n || ' ü 🐋', 'Heights, measured every ' || n || ' minutes.', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z',
              '2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z', 'Office ' || n % 2, 'https://office.example/' || n % 2, 'ann@office.example',
              'https://creativecommons.org/licenses/by/4.0/', 'https://creativecommons.org/licenses/by/4.0/', 'public',
              array['Water', 'http://publications.europa.eu/resource/authority/data-theme/TRAN'], array['ice', 'tide ' || n], 'Bay ' || n,
              '{-10.5,50.25,-9,51}', '2020-01-01/2021-12-31', '2020-01-01', '2021-12-31', '{de,en}', 'https://origin.example/page/' || n,
              repeat('b', 64), now(), now(), now()
            from harvest.sources s, generate_series(1, 23) n;
            update harvest.datasets set title = null where key = 'key-1';
            update harvest.datasets set retired_at = changed_at, retired_reason = 'gone', retired_run_id = 1 where key = 'key-2';
            insert into harvest.records (source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at)
            select source_id, key, '{"contactPoint": {"fn": "Ann"}}', content_hash, id, now(), now() from harvest.datasets;
            insert into harvest.distributions (dataset_id, position, title, format, media_type, access_url, download_url, bytes)
            select id, p, 'File ' || p, case p when 1 then 'csv' else 'wfs' end, 'text/csv', 'https://origin.example/view/' || p,
              'https://origin.example/file/' || p, case p when 1 then 10 end
            from harvest.datasets, generate_series(1, 2) p""";

    /** Those of the origin, by what each profile carries of them. */
    private static final String SAME = """
            select o.key
            from harvest.datasets o
            join harvest.datasets b on b.key = o.key and b.source_id = (select id from harvest.sources where name = 'back')
            where o.source_id = 1 and o.retired_at is null
              and (o.title, o.description, o.issued_at, o.modified_at, o.publisher, o.contact, o.license_uri, o.access_level, o.themes,
                o.keywords, o.spatial, o.temporal, o.temporal_from, o.temporal_to, o.languages, o.landing_page)
              is not distinct from
                (b.title, b.description, b.issued_at, b.modified_at, b.publisher, b.contact, b.license_uri, b.access_level, b.themes,
                b.keywords, b.spatial, b.temporal, b.temporal_from, b.temporal_to, b.languages, b.landing_page)
              and (
                select array_agg((f.title, f.format, f.media_type, f.access_url, f.download_url)::text order by f.position)
                from harvest.distributions f where f.dataset_id = o.id)
              is not distinct from (
                select array_agg((f.title, f.format, f.media_type, f.access_url, f.download_url)::text order by f.position)
                from harvest.distributions f where f.dataset_id = b.id)
            order by 1""";

    private static Map<String, Object> walk(String name, String kind, String url) {
        TestDatabase.rows(
                "insert into harvest.sources (name, kind, url, host, language, options)"
                        + " values (?, ?, ?, '127.0.0.1', 'en', '{\"requests-per-second\":\"100\"}') returning id",
                name,
                kind,
                url);
        return walk(name);
    }

    private static Map<String, Object> walk(String name) {
        List<Map<String, Object>> summaries = new CopyOnWriteArrayList<>();
        WEB.service()
                .askRows("harvest-walk", new HarvestOrder("test", name, null, false, false, false, summaries::add));
        assertThat(summaries).hasSize(1);
        return summaries.get(0);
    }

    private static List<String> keys(String source) {
        return TestDatabase.texts(
                "select d.key from harvest.datasets d join harvest.sources s on s.id = d.source_id where s.name = ? order by 1",
                source);
    }

    @ParameterizedTest
    @CsvSource({
        "dcat-us, /feeds/dcat-us.json?source=origin, 1",
        "dcat-ap, /feeds/dcat-ap.jsonld?source=origin&limit=4, 6"
    })
    void a_source_comes_back_with_all_it_had(String kind, String feed, int pages) {
        TestDatabase.execute(ORIGIN);
        List<String> due = TestDatabase.texts(
                "select key from harvest.datasets where source_id = 1 and retired_at is null and title is not null order by 1");
        assertThat(due).hasSize(21);
        assertThat(walk("back", kind, WEB.at(feed).toString()))
                .containsEntry("status", "succeeded")
                .containsEntry("added", 21L)
                .containsEntry("rejected", 0L);
        assertThat(keys("back")).isEqualTo(due);
        assertThat(TestDatabase.texts(SAME)).isEqualTo(due);
        assertThat(TestDatabase.number("select count(*) from ops.requests")).isGreaterThanOrEqualTo(pages);
        // Nothing changed, and nothing is told.
        assertThat(walk("back")).containsEntry("unchanged", 21L).containsEntry("updated", 0L);
    }

    @ParameterizedTest
    @CsvSource({"dcat-us, /feeds/dcat-us.json", "dcat-ap, /feeds/dcat-ap.jsonld?limit=7"})
    void all_sources_come_back_each_dataset_under_its_own_id(String kind, String feed) {
        TestDatabase.execute(ORIGIN);
        List<String> due = TestDatabase.texts(
                "select 'urn:uuid:' || id from harvest.datasets where retired_at is null and title is not null order by 1");
        assertThat(due).hasSize(42);
        TestDatabase.rows(
                "insert into harvest.sources (name, kind, url, host, language, options) values ('back', ?, ?, '127.0.0.1',"
                        + " 'en', '{\"requests-per-second\":\"100\"}') returning id",
                kind,
                WEB.at(feed).toString());
        assertThat(walk("back")).containsEntry("status", "succeeded").containsEntry("added", 42L);
        assertThat(keys("back")).isEqualTo(due);
    }

    @Test
    void pages_of_which_all_is_left_out_end_no_walk() {
        TestDatabase.execute(ORIGIN);
        TestDatabase.execute(
                "update harvest.datasets set title = null where source_id = 1 and key > 'https' and key < 'key-20'");
        List<String> due = TestDatabase.texts(
                "select key from harvest.datasets where source_id = 1 and retired_at is null and title is not null order by 1");
        assertThat(walk(
                        "back",
                        "dcat-ap",
                        WEB.at("/feeds/dcat-ap.jsonld?source=origin&limit=2").toString()))
                .containsEntry("status", "succeeded")
                .containsEntry("added", (long) due.size());
        assertThat(keys("back")).isEqualTo(due).hasSizeGreaterThan(3);
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cms, 05_2025-02-01T150216",
        "dol, 02_2025-02-01T150216",
        "dhs, 02_2025-02-01T150216",
        "energy, 09_2025-02-04T091156",
        "fcc, 14_2025-02-04T061520",
        "chicago, 12c-01_20200722"
    })
    void a_portal_of_recorded_bytes_is_published_and_comes_back(String portal, String version) {
        Path recorded = DATA.resolve(portal).resolve(version + ".json.gz");
        assumeTrue(Files.exists(recorded), "the recorded portals are not on this machine: " + recorded);
        try (KindServer server = KindServer.start(new Kinds("").get("dcat-us").kind())) {
            server.standIn().override(request -> Optional.of(Answer.json(200, bytes(recorded))));
            walk(portal, "dcat-us", server.url());
        }
        long datasets = TestDatabase.number("select count(*) from harvest.datasets");
        WebRig.Answer us = WEB.get("/feeds/dcat-us.json?source=" + portal);
        assertThat(Dcat.problemsOfUs(us.text())).isEmpty();
        int inUs = us.json().path("dataset").size();
        int inAp = 0;
        String next = "/feeds/dcat-ap.jsonld?limit=200&source=" + portal;
        while (next != null) {
            WebRig.Answer page = WEB.get(next);
            assertThat(Dcat.problemsOfAp(page.text())).isEmpty();
            inAp += page.json().path("dcat:dataset").size();
            String address = page.json().at("/hydra:view/hydra:next/@id").asText(null);
            next = address == null
                    ? null
                    : address.substring(WEB.at("").toString().length());
        }
        List<String> lacks = TestDatabase.texts(
                "select harvest.lacks_for_dcat_us(d, r.raw) || ': ' || count(*) from harvest.datasets d"
                        + " join harvest.records r using (source_id, key) where harvest.lacks_for_dcat_us(d, r.raw) is not null"
                        + " group by harvest.lacks_for_dcat_us(d, r.raw) order by 1");
        LoggerFactory.getLogger(CatalogueRoundTripTest.class)
                .info(
                        "{}: of {} datasets {} are in DCAT-US and {} in DCAT-AP; left out: {}",
                        portal,
                        datasets,
                        inUs,
                        inAp,
                        lacks);
        assertThat(inUs).isPositive();
        assertThat((long) inAp).isBetween((long) inUs, datasets);
        assertThat(WEB.get("/api/v1/sources/" + portal + "/published")
                        .json()
                        .path("dcat_us")
                        .asInt())
                .isEqualTo(inUs);
        assertThat(walk(
                        "us",
                        "dcat-us",
                        WEB.at("/feeds/dcat-us.json?source=" + portal).toString()))
                .containsEntry("status", "succeeded")
                .containsEntry("added", (long) inUs);
        assertThat(walk(
                        "ap",
                        "dcat-ap",
                        WEB.at("/feeds/dcat-ap.jsonld?limit=200&source=" + portal)
                                .toString()))
                .containsEntry("status", "succeeded")
                .containsEntry("added", (long) inAp);
    }
}
