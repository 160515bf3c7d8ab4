package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static dev.catchment.support.HarvestRig.datasets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a walk asks, what it tells them of its secret, and how long it lets a host be. */
class HarvestDoorTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;
    private static final String WITH_SECRET =
            BY_OFFSET + "auth: { header: Authorization, value: \"Bearer {secret}\", on-403: %s }\n";

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private KindStandIn withSecret(String on403) {
        rig.secret("PORTAL_TOKEN", "s3cret-of-the-portal");
        KindStandIn standIn = rig.standIn(WITH_SECRET.formatted(on403));
        TestDatabase.rows("update harvest.sources set secret = 'PORTAL_TOKEN' returning id");
        return standIn.serve(datasets(30));
    }

    private static String secret(Request request) {
        return request.headers().get("Authorization");
    }

    private static boolean isAtHost(Request request, int number) {
        return request.headers().get("Host").startsWith("127.0.0." + number + ":");
    }

    private static Answer redirect(String to) {
        return new Answer(302, Map.of("Location", to), new byte[0]);
    }

    @Test
    void the_secret_goes_to_the_source_and_along_no_redirect() {
        KindStandIn standIn = withSecret("drop");
        standIn.override(request -> isAtHost(request, 1)
                ? Optional.of(redirect(rig.url(2) + request.path() + "?" + request.query()))
                : Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
        assertThat(standIn.requests())
                .filteredOn(request -> isAtHost(request, 1))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(secret(request)).isEqualTo("Bearer s3cret-of-the-portal"));
        assertThat(standIn.requests())
                .filteredOn(request -> isAtHost(request, 2))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(secret(request)).isNull());
        assertThat(TestDatabase.text("select string_agg(to_jsonb(q)::text, ' ') from ops.requests q"))
                .doesNotContain("s3cret");
    }

    @Test
    void the_secret_does_not_go_where_a_link_leads() {
        rig.secret("PORTAL_TOKEN", "s3cret-of-the-portal");
        KindStandIn standIn = rig.standIn("""
                page: { by: link, params: { size: size }, size: 10, next: /next, next-may-lead: anywhere, end: [no-next] }
                auth: { header: Authorization, value: "{secret}" }
                """);
        TestDatabase.rows("update harvest.sources set secret = 'PORTAL_TOKEN' returning id");
        standIn.serve(datasets(20)).bend((request, answer) -> {
            if (answer.hasNonNull("next")) {
                answer.put("next", answer.get("next").asText().replace("127.0.0.1", "127.0.0.2"));
            }
        });
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 20L);
        assertThat(standIn.requests().stream().map(request -> secret(request) != null))
                .containsExactly(true, false);
    }

    @Test
    void a_refused_secret_is_dropped_if_the_kind_says_so() {
        KindStandIn standIn = withSecret("drop");
        standIn.override(request ->
                secret(request) == null ? Optional.empty() : Optional.of(Answer.json(403, "{\"error\":\"token\"}")));
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
    }

    @Test
    void a_refused_secret_fails_the_source_if_the_kind_does_not() {
        KindStandIn standIn = withSecret("fail");
        standIn.override(request ->
                secret(request) == null ? Optional.empty() : Optional.of(Answer.json(403, "{\"error\":\"token\"}")));
        Map<String, Object> summary = rig.harvest();
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("HTTP 403").doesNotContain("s3cret");
        assertThat(standIn.requests()).hasSize(1);
    }

    @Test
    void a_private_address_is_refused_on_a_hop() {
        rig.set("harvest.http.allow-private", "127.0.0.1");
        KindStandIn standIn = rig.standIn(BY_OFFSET);
        standIn.serve(datasets(30)).override(request -> Optional.of(redirect(rig.url(2) + request.path())));
        Map<String, Object> summary = rig.harvest();
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("not a public address");
        assertThat(standIn.requests()).isNotEmpty().allMatch(request -> isAtHost(request, 1));
    }

    @Test
    void a_private_address_of_a_source_is_refused() {
        rig.set("harvest.http.allow-private", "false");
        KindStandIn standIn = rig.standIn(BY_OFFSET).serve(datasets(30));
        Map<String, Object> summary = rig.harvest();
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("not a public address");
        assertThat(standIn.requests()).isEmpty();
    }

    @Test
    void what_a_host_asks_for_with_retry_after_holds_for_its_other_sources_too() {
        rig.set("http.max-retries", "0");
        KindStandIn standIn = rig.standIn(BY_OFFSET).serve(datasets(30));
        rig.source("neighbour", "made-up", rig.url(1) + "/neighbour");
        standIn.next(Fault.THROTTLED_FOR_SECONDS);
        assertThat(rig.harvest()).containsEntry("status", "failed");
        assertThat(rig.harvest("neighbour")).containsEntry("status", "succeeded");
        assertThat(afterTheFirst(standIn.requests())).isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    @Test
    void a_host_that_has_no_requests_left_is_let_be_until_it_has() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + """
                polite: { requests-per-second: 100, quota: X-RateLimit-Remaining }
                """);
        standIn.serve(datasets(3))
                .override(request -> request.parameter("start").contains("0")
                        ? Optional.of(Answer.json(
                                        200, "{\"count\":3,\"items\":[%s]}".formatted(String.join(",", datasets(3))))
                                .with("X-RateLimit-Remaining", "0")
                                .with("X-RateLimit-Reset", "1"))
                        : Optional.empty());
        assertThat(rig.harvest(SOURCE)).containsEntry("status", "succeeded").containsEntry("added", 3L);
        assertThat(afterTheFirst(standIn.requests())).isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seconds", "epoch", "date", "ISO", "ISO with a blank"})
    void a_quota_that_is_used_up_for_hours_is_not_knocked_at_and_its_walk_goes_on_when_it_is_there_again(String form) {
        KindStandIn standIn = rig.standIn(BY_OFFSET + """
                polite: { requests-per-second: 100, quota: X-RateLimit-Remaining }
                """);
        AtomicBoolean isUsedUp = new AtomicBoolean(true);
        standIn.serve(datasets(30))
                .override(request -> isUsedUp.get()
                        ? Optional.of(Answer.json(
                                        200, "{\"count\":30,\"items\":[%s]}".formatted(String.join(",", datasets(10))))
                                .with("X-RateLimit-Remaining", "0")
                                .with("X-RateLimit-Reset", inTwoHours(form)))
                        : Optional.empty());
        rig.source("neighbour", "made-up", rig.url(1) + "/neighbour");
        Map<String, Object> run = rig.harvest();
        assertThat(run).containsEntry("status", "failed").containsEntry("seen", 10L);
        assertThat((String) run.get("error")).matches("127\\.0\\.0\\.1 allows no more requests until 20.*:.. UTC\\.");
        assertThat(standIn.requests()).hasSize(1);
        assertThat(TestDatabase.number("select round(extract(epoch from next_request_at - clock_timestamp()) / 60)"
                        + " from ops.hosts where host = '127.0.0.1'"))
                .isBetween(118L, 120L);
        TestDatabase.execute("update harvest.sources set due_at = now()");
        assertThat(rig.due()).as("no source of this host is claimed").isEmpty();
        isUsedUp.set(false);
        TestDatabase.execute("update ops.hosts set next_request_at = now()");
        assertThat(rig.harvest(SOURCE)).containsEntry("status", "succeeded").containsEntry("added", 20L);
        assertThat(standIn.requests().get(1).query()).isEqualTo("start=10&rows=10");
    }

    private static String inTwoHours(String form) {
        OffsetDateTime then = OffsetDateTime.now(ZoneOffset.UTC).plusHours(2).truncatedTo(ChronoUnit.SECONDS);
        return switch (form) {
            case "seconds" -> "7200";
            case "epoch" -> String.valueOf(then.toEpochSecond());
            case "date" -> DateTimeFormatter.RFC_1123_DATE_TIME.format(then);
            case "ISO" -> then.toString();
            default -> then.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx"));
        };
    }

    private static Duration afterTheFirst(List<Request> requests) {
        Instant first = requests.get(0).at();
        return Duration.between(first, requests.get(1).at());
    }
}
