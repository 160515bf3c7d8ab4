package dev.catchment.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.FatalFailure;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.mail.ClaimedMessage;
import dev.catchment.flow.mail.Refusal;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where messages are posted as JSON. Headers are those of the Standard Webhooks specification: an id that stays the same
 * however often a message is posted, the moment, and a signature over both and the body.
 */
public final class Webhook {
    private static final String SECRET = "WEBHOOK_SECRET";
    private static final long LARGEST_ANSWER = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final String secret;

    /**
     * @param url blank for none
     * @throws IllegalArgumentException if it would be posted to in the clear, over a network
     */
    public Webhook(String url, Secrets secrets) {
        this.url = url.isBlank() ? null : URI.create(url.strip());
        this.secret = secrets.get(SECRET);
        if (this.url != null && !"https".equals(this.url.getScheme()) && !isThisMachine(this.url.getHost())) {
            throw new IllegalArgumentException(
                    "ops.alerts.webhook has to begin with https://; plain http:// is for 127.0.0.1, [::1] and localhost alone.");
        }
    }

    private static boolean isThisMachine(String host) {
        return host.matches("localhost|127(\\.\\d+){3}|\\[::1]");
    }

    /** What may be told of it: its path may be a secret. Null if there is none. */
    public String origin() {
        return url == null ? null : url.getScheme() + "://" + url.getAuthority();
    }

    /** @throws FatalFailure without a secret: nothing is posted that nobody can trust */
    public HttpCall call(ClaimedMessage outgoing) throws JsonProcessingException {
        if (url == null || secret == null || secret.isBlank()) {
            throw new FatalFailure(
                    url == null
                            ? "There is no webhook any more: ops.alerts.webhook is empty."
                            : "%s is not set in the environment: messages for ops.alerts.webhook cannot be signed."
                                    .formatted(SECRET));
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("id", outgoing.messageId());
        body.put("type", outgoing.kind());
        outgoing.content().properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        byte[] bytes = JSON.writeValueAsBytes(body);
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        return new HttpCall(
                        url,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "webhook-id",
                                outgoing.messageId(),
                                "webhook-timestamp",
                                timestamp,
                                "webhook-signature",
                                "v1," + signature(outgoing.messageId() + "." + timestamp + ".", bytes)),
                        LARGEST_ANSWER)
                .withBody(bytes);
    }

    private String signature(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    /** Why the server did not take it; null if it did. */
    public Refusal refusal(HttpAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return null;
        }
        boolean isForNow = status == 408 || status == 425 || status == 429 || status >= 500;
        return new Refusal(
                "The webhook %s answered HTTP %d (check ops.alerts.webhook).".formatted(origin(), status),
                !isForNow,
                false);
    }

    /** Why it could not be asked. */
    public Refusal unreached(Throwable failure) {
        return Cause.of(failure) instanceof FatalFailure fatal
                ? new Refusal(fatal.getMessage(), false, true)
                : new Refusal(
                        "The webhook %s cannot be reached. %s"
                                .formatted(origin(), FailureText.of(failure, "ops.alerts.webhook")),
                        false,
                        true);
    }

    @Override
    public String toString() {
        return "webhook " + origin();
    }
}
