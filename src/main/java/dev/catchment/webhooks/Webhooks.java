package dev.catchment.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.mail.ClaimedMessage;
import dev.catchment.flow.mail.Refusal;
import dev.catchment.flow.mail.SignedPost;
import dev.catchment.http.HostGuard;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** What adding webhooks and posting to them asks for. */
public final class Webhooks {
    private static final int GONE = 410;

    private final Secrets secrets;
    private final HostGuard guard;
    private final int senders;
    private final Map<String, Object> bounds;
    private long giveUpAfter;

    /**
     * @param senders that post side by side
     * @param most changes of one delivery
     * @param bytes of the JSON of its changes
     */
    public Webhooks(Secrets secrets, HostGuard guard, int senders, int most, long bytes) {
        this.secrets = secrets;
        this.guard = guard;
        this.senders = senders;
        this.bounds = Map.of("most", most, "bytes", Math.toIntExact(bytes));
    }

    /** @param milliseconds without a success, after which a webhook that fails is switched off */
    public void setGiveUpAfter(long milliseconds) {
        giveUpAfter = milliseconds;
    }

    /** The parameters of {@code webhooks/update-failing-webhooks}. */
    public Map<String, Object> patience() {
        return Map.of("give_up", giveUpAfter);
    }

    /** One number for each of those that post side by side. */
    public List<Integer> senders() {
        return IntStream.range(0, senders).boxed().toList();
    }

    /** The parameters of {@code webhooks/open-deliveries}. */
    public Map<String, Object> bounds() {
        return bounds;
    }

    /** The parameters of {@code webhooks/list-webhooks}, for all of them. */
    public Map<String, Object> all() {
        Map<String, Object> all = new HashMap<>();
        all.put("after", null);
        all.put("most", null);
        return all;
    }

    /** @param by who adds it; null for the command line */
    public NewWebhook adding(Map<String, Object> given, String by) {
        return NewWebhook.of(given, by, guard, secrets);
    }

    /** The parameters of {@code webhooks/insert-webhook}. */
    public Map<String, Object> parameters(NewWebhook adding) {
        return adding.parameters();
    }

    /**
     * What whoever added it is told, with the secret, this once.
     *
     * @param row of {@code webhooks/insert-webhook}
     * @throws PermanentFailure if there is none
     */
    public Map<String, Object> added(Map<String, Object> row, NewWebhook adding) {
        if (row == null) {
            throw new PermanentFailure("There is a webhook %s already. Choose another name, or remove it first."
                    .formatted(adding.parameters().get("name")));
        }
        Map<String, Object> told = new LinkedHashMap<>(row);
        told.put("secret", adding.secret().text());
        return told;
    }

    /** A post that tells nothing, to see whether it arrives. @throws IllegalArgumentException if there is no such webhook */
    public ClaimedMessage trial(Map<String, Object> row, String name) {
        if (row == null) {
            throw new IllegalArgumentException(unknown(name));
        }
        return new ClaimedMessage(
                "",
                "webhooks",
                "test",
                "",
                UUID.randomUUID().toString(),
                1,
                "",
                JsonNodeFactory.instance.objectNode().put("webhook", name));
    }

    /**
     * @param row where it goes
     * @throws PermanentFailure if it cannot be signed, or may not go there
     */
    public HttpCall call(ClaimedMessage outgoing, Map<String, Object> row) throws JsonProcessingException {
        Target target = Target.of(row);
        Target.requireTls(target.url(), guard);
        return SignedPost.of(target.url(), outgoing, target.secret(secrets).key());
    }

    /** Why the receiver did not take it; null if it did. Only 410 is for good: it wants nothing any more. */
    public Refusal refusal(HttpAnswer answer, Map<String, Object> row) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return null;
        }
        String said = "The %s answered HTTP %d".formatted(Target.of(row), status);
        if (answer.isRedirect()) {
            said += ", and redirects are not followed: add it with the address to which this one leads";
        }
        return new Refusal(said + ".", status == GONE, false, answer.retryAfter());
    }

    /** Why it could not be asked. */
    public Refusal unreached(Throwable failure, Map<String, Object> row) {
        Throwable cause = Cause.of(failure);
        String said = cause instanceof PermanentFailure
                ? "The %s was not asked. %s".formatted(Target.of(row), cause.getMessage())
                : "The %s cannot be reached. %s"
                        .formatted(Target.of(row), FailureText.of(failure, "the URL of the webhook"));
        return new Refusal(said, false, false);
    }

    /** What came of a trial, in words. @throws PermanentFailure if it was refused */
    public String outcome(Refusal refusal, Map<String, Object> row) {
        if (refusal != null) {
            throw new PermanentFailure(refusal.words());
        }
        return "The %s accepted the post.".formatted(Target.of(row));
    }

    /** That there is no webhook of this name. */
    public static String unknown(String name) {
        return "There is no webhook %s. 'catchment webhooks list' lists them.".formatted(name);
    }

    /** What was done, in words. @param row null if there is no such webhook. @throws IllegalArgumentException then */
    public String done(Map<String, Object> row, String name, String what) {
        if (row == null) {
            throw new IllegalArgumentException(unknown(name));
        }
        return "The webhook %s %s.".formatted(name, what);
    }

    @Override
    public String toString() {
        return "webhooks";
    }
}
