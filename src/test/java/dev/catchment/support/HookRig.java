package dev.catchment.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Webhooks as the product has them: the real routes on a real database with some rows, and a real receiver. The service is
 * kept for the next test of the class if that has the same settings.
 */
public final class HookRig implements BeforeEachCallback, AfterEachCallback {
    public static final Map<String, String> SECRETS = Map.of("WEBHOOK_SECRET", "correct horse battery staple");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Routes ROUTES = Routes.of("webhooks", "mail", "alerts");

    private final Map<String, String> settings = new HashMap<>();
    private PostedTo receiver;
    private KeptService kept;

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase.empty();
        kept = KeptService.of(context, HookRig.class);
        WebRows.insert(TestDatabase.get());
        TestDatabase.execute("delete from webhooks.webhooks");
        settings.clear();
        settings.put("webhooks.http.allow-private", "127.0.0.1");
        receiver = PostedTo.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        receiver.close();
    }

    public PostedTo receiver() {
        return receiver;
    }

    public HookRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    public Service service() {
        return kept.get(settings, SECRETS, ROUTES);
    }

    /** A further service with the same settings, to be closed by the test. */
    public Service another(Database database, Map<String, String> secrets) {
        return Service.start(Defaults.settings().with(settings), database, secrets, ROUTES);
    }

    /** Adds a webhook. @param given feed, since and filters, names and values in turn @return what whoever added it is told */
    public Map<?, ?> add(String name, String... given) {
        return addAt(receiver.url(), name, given);
    }

    /** The same with another receiver. */
    public Map<?, ?> addAt(String url, String name, String... given) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "url", url));
        for (int i = 0; i < given.length; i += 2) {
            body.put(given[i], given[i + 1]);
        }
        return manage("add", body, Map.class);
    }

    /** Does something with one. @return what is said of it */
    public String manage(String what, String name) {
        return manage(what, Map.of("webhook", name), String.class);
    }

    private <T> T manage(String what, Object body, Class<T> type) {
        return service().ask("webhooks-manage-" + what, body, type);
    }

    /** Posts what is due. */
    public void deliver() {
        deliver(service());
    }

    public static void deliver(Service service) {
        service.camel().createProducerTemplate().requestBody("direct:webhooks-deliver", "");
    }

    /** Every delivery that waits for its next attempt is due. */
    public static void due() {
        TestDatabase.execute("update ops.messages set next_attempt_at = now() where status = 'pending'");
    }

    /** Some more changes of the first dataset. */
    public static void changes(int many) {
        TestDatabase.execute("insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)"
                + " select id, source_id, 'changed', '{title}', 2, now() from harvest.datasets, generate_series(1, %d)"
                        .formatted(many)
                + " where id = '%s'".formatted(WebRows.DATASET));
        TestDatabase.get().rows("harvest/publish-changes", Map.of());
    }

    public List<JsonNode> bodies() {
        return receiver.posts().stream().map(HookRig::body).toList();
    }

    public static JsonNode body(PostedTo.Post post) {
        try {
            return JSON.readTree(post.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of all changes that were posted, in their order. */
    public List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        bodies().forEach(body -> body.path("changes")
                .forEach(change -> numbers.add(change.path("number").asLong())));
        return numbers;
    }

    /** Of one feed that is there. */
    public static List<Long> published() {
        return TestDatabase.texts(
                        "select c.number::text from harvest.changes c where c.number is not null order by c.number")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    public static String values(JsonNode body, String field) {
        return StreamSupport.stream(body.path("changes").spliterator(), false)
                .map(change -> change.path(field).asText())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** What a receiver computes, by the Standard Webhooks specification. @param secret as it was shown */
    public static String signature(PostedTo.Post post, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
        mac.update((post.headers().get("webhook-id") + "." + post.headers().get("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(post.body()));
    }
}
