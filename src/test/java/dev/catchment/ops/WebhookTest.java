package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.flow.Secrets;
import dev.catchment.support.MailRig;
import dev.catchment.support.PostedTo;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What programs are told of runs, by real HTTP. */
class WebhookTest {
    private static final String KEY = "correct horse battery staple";

    @RegisterExtension
    final MailRig mail = new MailRig();

    private final PostedTo server = PostedTo.start();
    private Service service;

    @BeforeEach
    void fail() {
        mail.set("ops.alerts.webhook", server.url());
        mail.set("ops.alerts.collect", "0ms");
        mail.set("ops.alerts.pause", "0ms");
        Ledger.ended("catalog", "crawl", "us", "failed", "1 hour");
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        server.close();
    }

    private void tick(Map<String, String> secrets) {
        if (service == null) {
            service = mail.another(Routes.of("ops", "mail", "alerts"), secrets);
        }
        service.camel().createProducerTemplate().requestBody("direct:ops-alerts", "");
    }

    private void tick() {
        tick(Map.of("WEBHOOK_SECRET", KEY));
    }

    private static String message() {
        return text("select concat_ws(' ', channel, recipient, status, attempts) from ops.messages");
    }

    @Test
    void an_incident_is_posted_once_as_json_with_a_signature_that_holds() throws Exception {
        tick();
        tick();
        assertThat(server.posts()).hasSize(1);
        PostedTo.Post post = server.posts().get(0);
        JsonNode said = new ObjectMapper().readTree(post.body());
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.headers().get("content-type")).startsWith("application/json");
        assertThat(said.path("id").asText()).isEqualTo(post.headers().get("webhook-id"));
        assertThat(said.at("/opened/0/cause").asText()).isEqualTo("failed");
        assertThat(said.at("/opened/0/scope").asText()).isEqualTo("us");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((post.headers().get("webhook-id") + "." + post.headers().get("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(post.headers().get("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(post.body())));
        assertThat(text("select row_to_json(m)::text from ops.messages m"))
                .as("its path may be a secret")
                .contains("http://127.0.0.1:")
                .doesNotContain("s3cret-path", KEY);
    }

    @Test
    void a_server_that_fails_is_asked_again_under_the_same_id() {
        server.answer(503);
        tick();
        assertThat(message()).endsWith("pending 1");
        assertThat(text("select last_error from ops.messages"))
                .contains("HTTP 503", "ops.alerts.webhook")
                .doesNotContain("s3cret-path");
        tick();
        assertThat(server.posts()).as("it is not due").hasSize(1);
        server.answer(200);
        TestDatabase.execute("update ops.messages set next_attempt_at = now()");
        tick();
        assertThat(message()).endsWith("sent 2");
        assertThat(server.posts())
                .hasSize(2)
                .extracting(post -> post.headers().get("webhook-id"))
                .containsOnly(text("select message_id from ops.messages"));
    }

    @Test
    void an_address_that_is_wrong_fails_and_goes_when_it_is_retried() {
        server.answer(404);
        tick();
        assertThat(message()).endsWith("failed 1");
        server.answer(200);
        TestDatabase.get().rows("ops/update-retried-messages", Map.of("room", "ops"));
        tick();
        assertThat(message()).endsWith("sent 1");
    }

    @Test
    void without_a_secret_nothing_is_posted_and_the_message_says_what_is_missing() {
        tick(Map.of());
        assertThat(server.posts()).isEmpty();
        assertThat(message()).endsWith("pending 0");
        assertThat(text("select last_error from ops.messages")).startsWith("WEBHOOK_SECRET is not set");
    }

    @Test
    void a_mail_server_that_is_down_holds_no_webhook_back() {
        mail.set("ops.alerts.mail", "night@catchment.example");
        mail.set("policy.mail.port", "1");
        tick();
        assertThat(server.posts()).hasSize(1);
        assertThat(text("select status from ops.messages where channel = 'mail'"))
                .isEqualTo("pending");
    }

    @Test
    void a_webhook_in_the_clear_over_a_network_is_refused() {
        assertThatThrownBy(() -> new Webhook("http://hooks.example/x", new Secrets(Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://");
        assertThat(new Webhook("https://hooks.example/x", new Secrets(Map.of())).origin())
                .isEqualTo("https://hooks.example");
        assertThat(new Webhook("", new Secrets(Map.of())).origin()).isNull();
    }
}
