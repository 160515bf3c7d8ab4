package dev.catchment.webhooks;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.cli.session.Service;
import dev.catchment.errors.Cause;
import dev.catchment.support.HookRig;
import dev.catchment.support.PostedTo;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRows;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new arrives at a receiver: signed, in order, again until it is accepted. */
class DeliveryTest {
    @RegisterExtension
    final HookRig hooks = new HookRig();

    private static String state() {
        return text("select concat_ws(' ', is_active, coalesce(stop_reason, '-'), failures) from webhooks.webhooks");
    }

    @Test
    void a_change_arrives_once_with_a_signature_that_holds() throws Exception {
        Map<?, ?> added = hooks.add("mirror");
        hooks.deliver();
        assertThat(hooks.receiver().posts())
                .as("what was there before is not new")
                .isEmpty();
        HookRig.changes(1);
        hooks.deliver();
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(1);
        PostedTo.Post post = hooks.receiver().posts().get(0);
        JsonNode body = HookRig.body(post);
        assertThat(post.headers().get("content-type")).startsWith("application/json");
        assertThat(body.path("id").asText())
                .isNotBlank()
                .isEqualTo(post.headers().get("webhook-id"));
        assertThat(body.path("type").asText()).isEqualTo("changes");
        assertThat(body.path("webhook").asText()).isEqualTo("mirror");
        assertThat(body.path("through").asLong()).isEqualTo(number("select max(number) from harvest.changes"));
        assertThat(HookRig.values(body, "dataset")).isEqualTo(WebRows.DATASET);
        assertThat(HookRig.values(body, "changed_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(HookRig.values(body, "change")).isEqualTo("changed");
        assertThat(post.headers().get("webhook-signature"))
                .isEqualTo(HookRig.signature(post, added.get("secret").toString()));
        assertThat(text("select concat_ws(' ', status, content is null) from ops.messages"))
                .isEqualTo("sent t");
    }

    @Test
    void what_came_before_is_posted_in_order_a_batch_at_a_time() {
        hooks.set("webhooks.max-changes", "3");
        HookRig.changes(10);
        hooks.add("mirror", "since", "0");
        hooks.deliver();
        assertThat(hooks.numbers()).hasSizeGreaterThan(10).isEqualTo(HookRig.published());
        List<JsonNode> bodies = hooks.bodies();
        assertThat(bodies).allMatch(body -> body.path("changes").size() <= 3);
        IntStream.range(1, bodies.size())
                .forEach(i -> assertThat(bodies.get(i).path("after").asLong())
                        .isEqualTo(bodies.get(i - 1).path("through").asLong()));
    }

    @Test
    void a_post_holds_no_more_bytes_than_it_may_but_one_change_at_least() {
        hooks.set("webhooks.max-size", "1kB");
        HookRig.changes(10);
        TestDatabase.execute(
                "update harvest.datasets set title = repeat('x', 2000) where id <> '%s'".formatted(WebRows.DATASET));
        hooks.add("mirror", "since", "0");
        hooks.deliver();
        assertThat(hooks.numbers()).isEqualTo(HookRig.published());
        assertThat(hooks.receiver().posts())
                .anyMatch(post -> HookRig.body(post).path("changes").size() > 1)
                .allMatch(post -> post.body().length < 1400
                        || HookRig.body(post).path("changes").size() == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "source, south, south",
        "country, au, south",
        "q, harbour, north south",
        "q, nonsense, ''",
        "portal, a.example, ''",
        "kind, ckan, north south"
    })
    void a_webhook_gets_what_it_wants_and_nothing_if_there_is_nothing(String filter, String value, String sources) {
        hooks.add("mirror", "since", "0", filter, value);
        hooks.deliver();
        List<JsonNode> bodies = hooks.bodies();
        assertThat(bodies).hasSize(sources.isEmpty() ? 0 : 1);
        bodies.forEach(body ->
                assertThat(HookRig.values(body, "source").split(" ")).containsExactlyInAnyOrder(sources.split(" ")));
        assertThat(number("select after from webhooks.webhooks"))
                .as("its cursor is at the end")
                .isEqualTo(number("select max(number) from harvest.changes"));
    }

    @Test
    void a_dataset_whose_words_are_not_filled_yet_is_not_passed_over() {
        hooks.add("mirror", "q", "harbour");
        TestDatabase.execute(
                "update harvest.datasets set changed_at = now() where id = '%s'".formatted(WebRows.DATASET));
        TestDatabase.execute("delete from harvest.search_documents where dataset_id = '%s'".formatted(WebRows.DATASET));
        HookRig.changes(1);
        hooks.deliver();
        assertThat(hooks.receiver().posts()).isEmpty();
        TestDatabase.execute("select harvest.fill_search(id) from harvest.sources");
        hooks.deliver();
        assertThat(hooks.numbers()).hasSize(1);
    }

    @Test
    void changes_of_pages_arrive_too() {
        hooks.add("visas", "feed", "policy", "since", "0", "country", "gb");
        hooks.add("elsewhere", "feed", "policy", "since", "0", "country", "ca");
        hooks.deliver();
        hooks.deliver();
        assertThat(hooks.bodies()).hasSize(1);
        JsonNode body = hooks.bodies().get(0);
        assertThat(body.path("type").asText()).isEqualTo("policy");
        assertThat(HookRig.values(body, "name")).isEqualTo("Skilled work");
        assertThat(texts("select change_id::text from policy.latest_changes"))
                .containsExactlyInAnyOrder(HookRig.values(body, "change").split(" "));
    }

    @Test
    void what_fails_is_tried_again_under_its_id_as_it_was_and_in_order() {
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.receiver().answer(503);
        hooks.deliver();
        hooks.deliver();
        assertThat(hooks.receiver().posts()).as("the second attempt is not due").hasSize(1);
        assertThat(state()).isEqualTo("t - 1");
        assertThat(text("select last_error from webhooks.webhooks"))
                .contains("webhook mirror at http://127.0.0.1:", "HTTP 503")
                .doesNotContain("s3cret-path");
        TestDatabase.execute("update harvest.datasets set title = 'another'");
        HookRig.changes(1);
        HookRig.due();
        hooks.deliver();
        double first = pause();
        HookRig.due();
        hooks.deliver();
        assertThat(pause()).as("the pause doubles").isGreaterThan(first * 1.5);
        hooks.receiver().answer(200);
        HookRig.due();
        hooks.deliver();
        List<PostedTo.Post> posts = hooks.receiver().posts();
        assertThat(posts).hasSize(5);
        assertThat(posts.subList(0, 4))
                .allMatch(post -> post.headers()
                        .get("webhook-id")
                        .equals(posts.get(0).headers().get("webhook-id")))
                .allMatch(post -> Arrays.equals(post.body(), posts.get(0).body()));
        assertThat(posts.get(4).headers().get("webhook-id"))
                .isNotEqualTo(posts.get(0).headers().get("webhook-id"));
        assertThat(state()).isEqualTo("t - 0");
    }

    private static double pause() {
        return Double.parseDouble(text(
                "select extract(epoch from next_attempt_at - now())::text from ops.messages where status = 'pending'"));
    }

    @Test
    void one_that_has_failed_for_too_long_is_switched_off_and_operators_are_told_once() {
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.receiver().answer(500);
        hooks.deliver();
        TestDatabase.execute("update webhooks.webhooks set failing_since = now() - interval '6 days'");
        HookRig.due();
        hooks.deliver();
        hooks.deliver();
        assertThat(state()).isEqualTo("f failing 1");
        assertThat(hooks.receiver().posts()).hasSize(1);
        hooks.service().ask("ops-alerts-judge", "");
        hooks.service().ask("ops-alerts-judge", "");
        assertThat(texts(
                        "select concat_ws(' ', room, scope, cause, detail) from ops.incidents where room = 'webhooks'"))
                .hasSize(1)
                .allMatch(told -> told.startsWith("webhooks mirror dead The webhook was switched off: ")
                        && told.contains("HTTP 500")
                        && told.contains("catchment webhooks resume mirror"));
        hooks.receiver().answer(200);
        HookRig.changes(1);
        assertThat(hooks.manage("resume", "mirror")).isEqualTo("The webhook mirror resumes from its cursor.");
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(3);
        assertThat(hooks.receiver().posts().get(1).headers().get("webhook-id"))
                .isEqualTo(hooks.receiver().posts().get(0).headers().get("webhook-id"));
        hooks.service().ask("ops-alerts-judge", "");
        assertThat(number("select count(*) from ops.incidents where room = 'webhooks' and closed_at is null"))
                .isZero();
    }

    @Test
    void a_receiver_that_says_it_is_gone_is_switched_off_at_once() {
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.receiver().answer(410);
        hooks.deliver();
        HookRig.changes(1);
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(1);
        assertThat(state()).isEqualTo("f gone 1");
    }

    @Test
    void a_redirect_is_not_followed() {
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.receiver().answer(307);
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(1);
        assertThat(text("select last_error from webhooks.webhooks")).contains("HTTP 307", "redirects are not followed");
    }

    @Test
    void a_paused_one_gets_nothing_and_everything_when_it_resumes() {
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.receiver().answer(503);
        hooks.deliver();
        hooks.manage("pause", "mirror");
        hooks.receiver().answer(200);
        HookRig.changes(2);
        HookRig.due();
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(1);
        hooks.manage("resume", "mirror");
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(3);
        assertThat(hooks.numbers())
                .containsSubsequence(HookRig.published()
                        .subList(
                                HookRig.published().size() - 3,
                                HookRig.published().size()));
    }

    @Test
    void one_that_is_slow_or_down_holds_no_other_back() {
        hooks.addAt("http://127.0.0.1:1/hook", "down");
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.deliver();
        assertThat(hooks.receiver().posts()).hasSize(1);
        assertThat(texts("select name || ' ' || failures from webhooks.webhooks order by name"))
                .containsExactly("down 1", "mirror 0");
    }

    @Test
    void several_at_once_post_each_delivery_once_and_in_order() {
        hooks.set("webhooks.max-changes", "2");
        HookRig.changes(40);
        hooks.add("mirror", "since", "0");
        try (Service one = hooks.another(TestDatabase.get(), HookRig.SECRETS);
                Service other = hooks.another(TestDatabase.get(), HookRig.SECRETS)) {
            List<CompletableFuture<Void>> all = IntStream.range(0, 6)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> HookRig.deliver(n % 2 == 0 ? one : other)))
                    .toList();
            all.forEach(CompletableFuture::join);
        }
        assertThat(hooks.numbers()).isEqualTo(HookRig.published());
        assertThat(hooks.receiver().posts())
                .extracting(post -> post.headers().get("webhook-id"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "http://[::1]:%d/", "https://127.0.0.1:%d/"})
    void an_address_that_was_allowed_and_is_no_longer_is_not_contacted(String url) {
        hooks.set("webhooks.http.allow-private", "true");
        hooks.addAt(url.formatted(URI.create(hooks.receiver().url()).getPort()), "mirror");
        HookRig.changes(1);
        hooks.set("webhooks.http.allow-private", "false");
        hooks.deliver();
        assertThat(hooks.receiver().posts()).isEmpty();
        assertThat(state()).isEqualTo("t - 1");
        assertThat(text("select last_error from webhooks.webhooks"))
                .containsAnyOf("is not a public address", "has to begin with https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example/x",
                "https://10.0.0.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00::1]/x",
                "https://me:s3cret@hooks.example/x",
                "ftp://hooks.example/x",
                "https://hooks.example/x#y",
                "nonsense",
                ""
            })
    void an_address_that_could_not_be_posted_to_is_not_added(String url) {
        assertThatThrownBy(() -> hooks.addAt(url, "mirror"))
                .satisfies(refused -> assertThat(Cause.of(refused).getMessage())
                        .containsAnyOf("https://", "is not a public address")
                        .doesNotContain("s3cret"));
        assertThat(number("select count(*) from webhooks.webhooks")).isZero();
    }

    @Test
    void the_secret_is_in_no_table_and_another_environment_does_not_sign() {
        Map<?, ?> added = hooks.add("mirror");
        assertThat(added.get("secret").toString()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(text("select row_to_json(w)::text from webhooks.webhooks w"))
                .doesNotContain(added.get("secret").toString().substring(6));
        HookRig.changes(1);
        try (Service other = hooks.another(TestDatabase.get(), Map.of("WEBHOOK_SECRET", "another"))) {
            HookRig.deliver(other);
        }
        assertThat(hooks.receiver().posts()).isEmpty();
        assertThat(text("select last_error from webhooks.webhooks"))
                .contains("WEBHOOK_SECRET is not the one with which the webhook mirror was added");
        try (Service none = hooks.another(TestDatabase.get(), Map.of())) {
            HookRig.due();
            HookRig.deliver(none);
        }
        assertThat(hooks.receiver().posts()).isEmpty();
        assertThat(text("select last_error from webhooks.webhooks")).contains("WEBHOOK_SECRET is not set");
    }

    @Test
    void readers_see_nothing_of_them() {
        hooks.add("mirror");
        assertThat(texts("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid ="
                        + " c.relnamespace where n.nspname = 'webhooks' and c.relkind in ('r', 'v') and"
                        + " (has_table_privilege('api_readonly', c.oid, 'select')"
                        + " or has_schema_privilege('api_readonly', n.oid, 'usage'))"))
                .isEmpty();
    }

    @Test
    void a_trial_is_posted_at_once_and_moves_nothing() {
        Map<?, ?> added = hooks.add("mirror");
        assertThat(hooks.manage("test", "mirror"))
                .matches("The webhook mirror at http://127.0.0.1:\\d+ accepted the post.");
        assertThat(HookRig.body(hooks.receiver().posts().get(0)).path("type").asText())
                .isEqualTo("test");
        hooks.receiver().answer(401);
        assertThatThrownBy(() -> hooks.manage("test", "mirror")).hasStackTraceContaining("HTTP 401");
        assertThatThrownBy(() -> hooks.manage("test", "other")).hasStackTraceContaining("There is no webhook other");
        assertThat(state()).isEqualTo("t - 0");
        assertThat(added.get("name")).isEqualTo("mirror");
    }

    @Test
    void a_name_is_given_once_and_what_is_removed_leaves_nothing() {
        hooks.add("mirror");
        assertThatThrownBy(() -> hooks.add("mirror")).hasStackTraceContaining("There is a webhook mirror already");
        HookRig.changes(1);
        hooks.deliver();
        hooks.manage("remove", "mirror");
        assertThat(number("select count(*) from webhooks.webhooks")).isZero();
        assertThat(number("select count(*) from ops.messages")).isZero();
        assertThatThrownBy(() -> hooks.manage("remove", "mirror"))
                .hasStackTraceContaining("There is no webhook mirror");
    }

    @Test
    void what_was_accepted_long_ago_is_forgotten_and_what_waits_is_not() {
        hooks.add("mirror");
        HookRig.changes(1);
        hooks.deliver();
        TestDatabase.execute("update ops.messages set sent_at = now() - interval '31 days'");
        HookRig.changes(1);
        hooks.deliver();
        hooks.receiver().answer(503);
        HookRig.changes(1);
        hooks.deliver();
        hooks.service().ask("webhooks-cleanup", "");
        assertThat(texts("select status from ops.messages order by 1")).containsExactly("pending", "sent");
    }
}
