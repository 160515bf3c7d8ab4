package dev.catchment.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.FatalFailure;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.mail.ClaimedMessage;
import dev.catchment.flow.mail.Refusal;
import dev.catchment.flow.mail.SignedPost;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import dev.catchment.text.UrlSecrets;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Where messages for operators are posted. */
public final class Webhook {
    private static final String SECRET = "WEBHOOK_SECRET";

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
        return url == null ? null : UrlSecrets.origin(url);
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
        return SignedPost.of(url, outgoing, secret.getBytes(StandardCharsets.UTF_8));
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
                false,
                answer.retryAfter());
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
