package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.Dcat;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever portals say, each page is valid, and what cannot be in it is listed with what it lacks. */
class CatalogueValidTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DATASETS = 900;
    private static final String HASH = "0".repeat(64);

    private static final String[] TEXTS = {
        "A title",
        "About it.",
        "<script>alert('x')</script> & more",
        "Ünïcode 🐋 \u202e נתונים",
        "a\u0001b\u0085c \\ \" \n ' @id",
        "_:b0",
        "@context",
        "x".repeat(20_000),
        "",
        " \t\n",
        null
    };
    private static final String[] ADDRESSES = {
        "https://portal.example/a",
        "http://portal.example/a?b=c&d=%20#e",
        "https://portal.example/ä?q=ü#f#g",
        "ftp://files.example/a b.csv",
        "http://portal.example/%zz/100%",
        "https://portal.example/{id}|<x>\"y\"",
        "http://portal.example/\\a`b^c[1]",
        "https://例え.テスト/パス",
        "HTTP://UPPER.example",
        "https://user:word@portal.example:8443/x",
        "http://exa mple.org/",
        "http://[::1]/a",
        "http://portal.example:port/x",
        "http://portal.example:999999/",
        "http://",
        "//no.scheme/",
        "javascript:alert(1)",
        "urn:isbn:1",
        "mailto:a@b.example",
        "CC-BY-4.0",
        "<p>Open</p>",
        " ",
        "",
        null,
        "https://portal.example/" + "a".repeat(3_000)
    };
    private static final String[] DATES = {
        "2026",
        "2026-01",
        "2026-01-02",
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678+02:00",
        "R/P1Y",
        "R/PT1S",
        "R/P",
        "2026-13-45",
        "2026-01-02T25:00",
        "2026-01-02 03:04",
        "20260102",
        "-0044-03-15",
        "9999999-01-01",
        "٢٠٢٦-01-01",
        "yesterday",
        "",
        null
    };
    private static final String[] MOMENTS = {
        "2026-01-02T03:04:05Z", "0044-03-15 BC", "20000-01-01", "infinity", "-infinity", null, null
    };
    private static final String[] DAYS = {"2020-02-29", "0044-03-15 BC", "20000-01-01", "infinity", null};
    private static final String[] SPANS = {
        "2020/2021",
        "2020-01-01/2021-12-31",
        "2020-01-01T00:00:00Z/2021",
        "2020foo/2021",
        "2020-13/2021",
        "2020/",
        "R/P1Y",
        null
    };
    private static final String[] CONTACTS = {
        "ann@office.example",
        "mailto:ann@office.example",
        "ann+data@office.example",
        "The office",
        "ann@office",
        "a@b@c.example",
        "ann@office.example; bob@office.example",
        "ä@office.example",
        "\"ann\"@office.example",
        "<ann@office.example>",
        "",
        null
    };
    private static final String[] LEVELS = {
        "public", "restricted public", "non-public", "restricted", "non_public", "Public", "open", null
    };
    private static final String[] TYPES = {
        "text/csv",
        "application/vnd.ms-excel",
        "application/ld+json",
        "application/vnd..x",
        "text/a+b+c",
        "TEXT/CSV",
        "text/csv; charset=x",
        "tëxt/csv",
        "csv",
        "",
        null
    };
    private static final String[] FORMATS = {"csv", "geojson", "wfs server", "<b>", "", " ", null};
    private static final List<List<String>> WORDS = List.of(
            List.of(),
            List.of(""),
            List.of(" "),
            Arrays.asList(null, "x"),
            List.of("b", "a", "a"),
            List.of("ü <b>"),
            List.of("one"));
    private static final List<List<String>> THEMES = List.of(
            List.of(),
            List.of("http://publications.europa.eu/resource/authority/data-theme/TRAN"),
            List.of("Transport", "transport", "Transport"),
            List.of("http://a b/c", "http://portal.example/ä"),
            Arrays.asList(null, "", "Water"));
    private static final List<List<String>> LANGUAGES = List.of(
            List.of(), List.of("en"), List.of("de-AT", "fr"), List.of("english"), Arrays.asList(null, "zh-Hans-CN"));
    private static final List<Object> BOXES = Arrays.asList(
            null,
            List.of(-180, -90, 180, 90),
            List.of(1e-7, 0, 1e-5, 1),
            List.of(1, 2),
            List.of("NaN", 0, 1, 1),
            List.of("Infinity", 0, 1, 1));
    private static final String[] RAWS = {
        "{}",
        "{\"contactPoint\": {\"fn\": \"Ann\"}}",
        "{\"contactPoint\": {\"fn\": \" \"}}",
        "{\"contactPoint\": {\"fn\": [\"Ann\"]}}",
        "{\"contactPoint\": [{\"fn\": \"Ann\"}]}",
        "{\"dcat:contactPoint\": {\"vcard:fn\": \"Ann\"}}",
        "{\"dcat:contactPoint\": [{\"vcard:fn\": {\"@value\": \"Ann\", \"@language\": \"en\"}}]}",
        "{\"maintainer_email\": \"ann@office.example\", \"maintainer\": \"Ann\"}",
        "[]"
    };
    private static final String[] EXTRAS = {
        "null",
        "{}",
        "{\"bureauCode\": [\"015:11\", \"015:11\"], \"programCode\": [\"015:001\"], \"accrualPeriodicity\": \"R/P1Y\", \"rights\": \"Ask.\"}",
        "{\"bureauCode\": \"015:11\", \"programCode\": [15], \"accrualPeriodicity\": {\"a\": 1}, \"rights\": [\"x\"], \"isPartOf\": 7}",
        "{\"bureauCode\": [], \"accrualPeriodicity\": \"irregular\", \"isPartOf\": \" \", \"describedBy\": \"not an address\"}",
        "{\"describedBy\": \"https://portal.example/b c\", \"isPartOf\": \"the-series\", \"accrualPeriodicity\": \"annual\"}",
        "[1, 2]"
    };

    private Random random;

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Mostly the first, for else hardly anything would be valid. */
    private String any(String... of) {
        return random.nextInt(3) > 0 ? of[0] : of[random.nextInt(of.length)];
    }

    private Map<String, Object> dataset(int i) throws Exception {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", "00000000-0000-4000-8000-%012d".formatted(i));
        row.put("source_id", 1 + i % 3);
        row.put("key", key(i));
        row.put("record_type", random.nextInt(10) == 0 ? "series" : "dataset");
        row.put("title", any(TEXTS));
        row.put("description", any(TEXTS));
        row.put("publisher", any(TEXTS));
        row.put("spatial", any(TEXTS));
        row.put("publisher_uri", any(ADDRESSES));
        row.put("landing_page", any(ADDRESSES));
        row.put("license", any(ADDRESSES));
        row.put("license_uri", any(ADDRESSES));
        row.put("modified", any(DATES));
        row.put("issued", any(DATES));
        row.put("modified_at", any(MOMENTS));
        row.put("issued_at", any(MOMENTS));
        row.put("temporal", any(SPANS));
        row.put("temporal_from", any(DAYS));
        row.put("temporal_to", any(DAYS));
        row.put("contact", any(CONTACTS));
        row.put("access_level", any(LEVELS));
        row.put("keywords", random.nextInt(3) > 0 ? List.of("water", "ice") : any(WORDS));
        row.put("themes", any(THEMES));
        row.put("languages", any(LANGUAGES));
        row.put("bbox", any(BOXES));
        row.put("persistent_ids", List.of());
        row.put("service_urls", List.of());
        row.put("extras", JSON.readTree(any(List.of(EXTRAS))));
        row.put("content_hash", HASH);
        for (String at : List.of("first_seen_at", "changed_at", "last_changed_at")) {
            row.put(at, "2026-01-01T00:00:00Z");
        }
        return row;
    }

    private static String key(int i) {
        return switch (i % 7) {
            case 0 -> "https://portal.example/id/" + i;
            case 1 -> "https://portal.example/ä b/" + i;
            case 2 -> "_:b" + i;
            case 3 -> "@context" + i;
            case 4 -> "<script>" + i;
            case 5 -> "https://portal.example/id/" + i / 7; // the same on several portals
            default -> "key " + i;
        };
    }

    private Map<String, Object> distribution(int dataset, int position) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("dataset_id", "00000000-0000-4000-8000-%012d".formatted(dataset));
        row.put("position", position);
        row.put("title", any(TEXTS));
        row.put("format", any(FORMATS));
        row.put("media_type", any(TYPES));
        row.put("access_url", any(ADDRESSES));
        row.put("download_url", any(ADDRESSES));
        row.put("bytes", any(Arrays.asList(null, 0L, 1L << 60, -1L)));
        row.put("license", any(ADDRESSES));
        return row;
    }

    private Map<String, Map<String, Object>> insert() throws Exception {
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        List<Map<String, Object>> records = new ArrayList<>();
        List<Map<String, Object>> distributions = new ArrayList<>();
        for (int i = 0; i < DATASETS; i++) {
            Map<String, Object> row = dataset(i);
            rows.put("urn:uuid:" + row.get("id"), row);
            records.add(Map.of(
                    "source_id", row.get("source_id"),
                    "key", row.get("key"),
                    "raw", JSON.readTree(random.nextBoolean() ? RAWS[1] : any(List.of(RAWS))),
                    "content_hash", HASH,
                    "dataset_id", row.get("id"),
                    "first_seen_at", "2026-01-01T00:00:00Z",
                    "changed_at", "2026-01-01T00:00:00Z"));
            for (int n = random.nextInt(4); n > 0; n--) {
                distributions.add(distribution(i, n));
            }
        }
        TestDatabase.execute(
                "insert into harvest.sources (name, kind, url, host, title) select 's' || n, 'ckan', 'https://s' || n,"
                        + " 's' || n, case n when 1 then 'Portal \"<One>\"' end from generate_series(1, 3) n");
        populate("datasets", List.copyOf(rows.values()));
        populate("distributions", distributions);
        TestDatabase.rows(
                "insert into harvest.records (source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at)"
                        + " select source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at"
                        + " from jsonb_populate_recordset(null::harvest.records, ?::jsonb) returning 1",
                JSON.writeValueAsString(records));
        return rows;
    }

    private static void populate(String table, List<Map<String, Object>> rows) throws Exception {
        TestDatabase.rows(
                "insert into harvest." + table + " select * from jsonb_populate_recordset(null::harvest." + table
                        + ", ?::jsonb) returning 1",
                JSON.writeValueAsString(rows).replace("\\u0000", ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_page_is_valid_and_what_is_not_in_it_lacks_something(long seed) throws Exception {
        random = new Random(seed);
        Map<String, Map<String, Object>> rows = insert();
        List<String> us = new ArrayList<>();
        for (Answer page : pages("/feeds/dcat-us.json?limit=150")) {
            assertThat(Dcat.problemsOfUs(page.text())).isEmpty();
            page.json()
                    .path("dataset")
                    .forEach(each -> us.add(each.path("identifier").asText()));
        }
        List<String> whole = new ArrayList<>();
        WEB.get("/feeds/dcat-us.json")
                .json()
                .path("dataset")
                .forEach(each -> whole.add(each.path("identifier").asText()));
        assertThat(whole).isEqualTo(us);
        List<String> ap = new ArrayList<>();
        List<String> graphs = new ArrayList<>();
        for (Answer page : pages("/feeds/dcat-ap.jsonld?limit=150")) {
            assertThat(Dcat.problemsOfAp(page.text())).isEmpty();
            page.json()
                    .path("dcat:dataset")
                    .forEach(each -> ap.add(each.path("@id").asText()));
            graphs.add(page.text());
        }
        assertThat(Dcat.problemsOfAp(graphs)).isEmpty();
        assertThat(us).hasSizeGreaterThan(50);
        assertThat(ap).hasSizeGreaterThan(300);
        settled("dcat-us", us, rows);
        settled("dcat-ap", ap, rows);
        for (int source = 1; source <= 3; source++) {
            assertThat(Dcat.problemsOfUs(
                            WEB.get("/feeds/dcat-us.json?source=s" + source).text()))
                    .isEmpty();
            assertThat(Dcat.problemsOfAp(WEB.get("/feeds/dcat-ap.jsonld?limit=1000&source=s" + source)
                            .text()))
                    .isEmpty();
        }
    }

    /** Every dataset is either published or listed, and what is listed lacks what is said. */
    private static void settled(String profile, List<String> published, Map<String, Map<String, Object>> rows) {
        List<String> all = new ArrayList<>(published);
        long counted = 0;
        for (int source = 1; source <= 3; source++) {
            for (Answer page : pages("/api/v1/sources/s%d/left-out?profile=%s&limit=100".formatted(source, profile))) {
                for (JsonNode item : page.json().path("items")) {
                    String id = "urn:uuid:" + item.path("dataset").asText();
                    all.add(id);
                    for (String lack : item.path("lacks").asText().split(", ")) {
                        assertThat(lacks(lack, rows.get(id)))
                                .as(item.toString())
                                .isTrue();
                    }
                }
            }
            counted += WEB.get("/api/v1/sources/s%d/published".formatted(source))
                    .json()
                    .path(profile.replace('-', '_'))
                    .asLong();
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(rows.keySet());
        assertThat(counted).isEqualTo(published.size());
    }

    private static boolean lacks(String field, Map<String, Object> row) {
        return switch (field) {
            case "title", "dct:title" -> isBlank(row.get("title"));
            case "description", "dct:description" -> isBlank(row.get("description"));
            case "publisher.name" -> isBlank(row.get("publisher"));
            case "keyword" -> ((List<?>) row.get("keywords")).stream().allMatch(CatalogueValidTest::isBlank);
            case "accessLevel" ->
                row.get("access_level") == null || List.of("Public", "open").contains(row.get("access_level"));
            case "contactPoint.hasEmail" ->
                row.get("contact") == null
                        || !((String) row.get("contact")).matches("(mailto:)?ann(\\+data)?@office\\.example");
            case "modified" -> !"2026-01-02T03:04:05Z".equals(row.get("modified_at"));
            default -> field.equals("contactPoint.fn");
        };
    }

    private static boolean isBlank(Object text) {
        return text == null || text.toString().isBlank();
    }

    private static List<Answer> pages(String path) {
        List<Answer> pages = new ArrayList<>();
        for (String next = path; next != null; ) {
            Answer page = WEB.get(next);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            pages.add(page);
            String link = page.header("Link");
            URI to = link == null ? null : URI.create(link.substring(1, link.indexOf('>')));
            next = to == null ? null : to.getRawPath() + "?" + to.getRawQuery();
        }
        return pages;
    }
}
