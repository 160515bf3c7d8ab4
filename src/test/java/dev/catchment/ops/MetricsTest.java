package dev.catchment.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.catchment.support.WebRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {
    @RegisterExtension
    static final WebRig RIG = new WebRig();

    private static final Pattern NAMED = Pattern.compile("catchment_[a-z_]+[a-z]");

    /** A row of the table in docs/operations.md: name, unit, tags. */
    private static final Pattern DESCRIBED =
            Pattern.compile("(?m)^\\| `(catchment_[a-z_]+)` \\| ([^|]+) \\| ([^|]*) \\| ([^|]+) \\|$");

    @Test
    void every_metric_is_served_with_its_tags_and_none_besides() throws Exception {
        RIG.execute("""
                insert into ops.runs (id, room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status,
                  finished_at, added, rejected)
                overriding system value
                values (7, 'catalog', 'crawl', 'us', 'cli', 'full', 'n', now() - interval '2 hours', now() - interval '2 hours',
                  now() - interval '1 hour', 'succeeded', now() - interval '1 hour', 5, 2),
                  (6, 'catalog', 'crawl', 'eu', 'cli', 'full', 'n', now() - interval '3 days', now() - interval '3 days',
                  now() - interval '3 days', 'succeeded', now() - interval '2 days', 9, 2);
                insert into ops.requests values (7, 1, now(), 'http://a.example', 200, 3, 5, 9, 'a', 'c', 3);
                insert into ops.incidents (room, flow, scope, cause, since, detail, opened_at)
                values ('catalog', 'crawl', 'eu', 'failed', now(), 'x', now());
                insert into ops.messages (room, kind, channel, recipient, message_id, status, next_attempt_at)
                values ('ops', 'incidents', 'webhook', 'https://a.example', 'a@b', 'pending', now());
                insert into names.jobs (type) values ('parse_dataset');
                insert into harvest.sources (name, kind, url, host) values ('a', 'ckan', 'http://127.0.0.1:1', '127.0.0.1');
                insert into policy.sources (name, url, country, visa_type, fetch_type)
                values ('p', 'http://127.0.0.1:1', 'GB', 'Student', 'html')""");
        Metrics metrics = RIG.service().bean("metrics", Metrics.class);
        metrics.forget();
        metrics.sent("catalog", 200, 12);
        metrics.retried("catalog");
        RIG.get("/api/openapi.json");
        assertThat(RIG.get("/metrics").status()).isEqualTo(200);
        String said = RIG.get("/metrics").text();
        assertThat(said)
                .contains(
                        "catchment_ops_runs{flow=\"crawl\",outcome=\"succeeded\",room=\"catalog\"} 1.0",
                        "catchment_ops_records{flow=\"crawl\",outcome=\"added\",room=\"catalog\"} 5.0",
                        "catchment_ops_pages{flow=\"crawl\",outcome=\"200\",room=\"catalog\"} 1.0",
                        "catchment_ops_retries{flow=\"crawl\",room=\"catalog\"} 2.0",
                        "catchment_ops_incidents{outcome=\"failed\",room=\"catalog\"} 1.0",
                        "catchment_names_jobs{outcome=\"queued\"} 1.0",
                        "catchment_harvest_sources{outcome=\"never\"} 1.0",
                        "catchment_harvest_due 1.0",
                        "catchment_policy_sources{outcome=\"never\"} 1.0",
                        "catchment_ops_ledger_up 1.0",
                        "catchment_http_retries_total{room=\"catalog\"} 1.0",
                        "catchment_web_requests_seconds_count{outcome=\"2xx\",route=\"web-files-contract\"}")
                .containsPattern("catchment_ops_success_age_seconds\\{.*scope=\"us\"} 36\\d\\d\\.")
                .containsPattern("catchment_ops_success_age_seconds\\{.*scope=\"eu\"} 1728\\d\\d\\.");
        Set<String> served = Pattern.compile("(?m)^# TYPE (\\S+)")
                .matcher(said)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(served).isEqualTo(declared().keySet());
    }

    @Test
    void the_ledger_is_asked_once_for_many() throws Exception {
        RIG.service().bean("metrics", Metrics.class).forget();
        assertThat(RIG.get("/metrics").text()).doesNotContain("catchment_names_jobs{");
        RIG.execute("insert into names.jobs (type) values ('parse_dataset')");
        assertThat(RIG.get("/metrics").text()).doesNotContain("catchment_names_jobs{");
    }

    @Test
    void without_the_ledger_the_process_still_speaks_for_itself() throws Exception {
        RIG.service().bean("metrics", Metrics.class).forget();
        RIG.execute("alter table names.jobs rename to away");
        try {
            assertThat(RIG.get("/metrics").text())
                    .contains("catchment_ops_ledger_up 0.0", "catchment_ops_disk_free_bytes");
        } finally {
            RIG.execute("alter table names.away rename to jobs");
        }
    }

    @Test
    void a_stranger_is_not_served() {
        assertThat(RIG.get("/metrics", "X-Forwarded-For", "192.0.2.1", "Authorization", "Bearer a.b")
                        .status())
                .isEqualTo(401);
        assertThat(RIG.get("/metrics", "X-Forwarded-For", "192.0.2.1", "Authorization", RIG.key("viewer"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_docs_describe_every_metric_with_its_unit_and_tags() throws Exception {
        Map<String, String> described = new TreeMap<>();
        DESCRIBED
                .matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .forEach(row -> described.put(
                        row.group(1),
                        row.group(2).strip() + " "
                                + row.group(3).replace("`", "").strip()));
        assertThat(described).isEqualTo(declared());
    }

    @Test
    void dashboard_and_alert_rules_name_metrics_that_exist() throws Exception {
        Set<String> known = new TreeSet<>(declared().keySet());
        declared().keySet().stream()
                .filter(name -> name.endsWith("requests_seconds"))
                .forEach(name -> known.addAll(Set.of(name + "_count", name + "_sum", name + "_max")));
        String dashboard = Files.readString(Path.of("ops/grafana-dashboard.json"));
        JsonNode board = new ObjectMapper().readTree(dashboard);
        assertThat(board.get("panels")).hasSizeGreaterThan(8).allSatisfy(panel -> {
            assertThat(panel.path("description").asText())
                    .as(panel.path("title").asText())
                    .isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
        String rules = Files.readString(Path.of("ops/prometheus-alerts.yaml"));
        JsonNode groups = new ObjectMapper(new YAMLFactory()).readTree(rules).get("groups");
        assertThat(groups).isNotEmpty();
        assertThat(groups.get(0).get("rules")).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(rule.path("expr").asText()).contains("catchment");
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
        });
        for (String text : new String[] {dashboard, rules}) {
            assertThat(NAMED.matcher(text).results().map(found -> found.group()))
                    .isNotEmpty()
                    .allMatch(known::contains);
        }
    }

    /** Of every metric its unit and tags, as the docs write them. */
    private static Map<String, String> declared() {
        return Arrays.stream(Metric.values())
                .collect(Collectors.toMap(
                        Metric::prometheus,
                        metric -> (metric.unit() == null || metric.unit().equals("total") ? "count" : metric.unit())
                                + " " + String.join(", ", metric.tags()),
                        (a, b) -> a,
                        TreeMap::new));
    }
}
