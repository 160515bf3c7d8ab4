package dev.catchment.flow.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.Map;

/** What sending asks of the database, whatever is sent. */
public final class Outbox {
    private final Map<String, Object> patience;

    /**
     * @param most attempts that the server may refuse for now
     * @param pause milliseconds after the first attempt
     * @param longest pause, in milliseconds
     */
    public Outbox(int most, long pause, long longest) {
        this.patience = Map.of("most", most, "pause", pause, "longest", longest);
    }

    /** The parameters of {@code ops/claim-message}. @param channel mail or webhook */
    public Map<String, Object> claiming(String worker, String room, String channel) {
        return Map.of("worker", worker, "room", room, "channel", channel);
    }

    public ClaimedMessage outgoing(Map<String, Object> row) throws JsonProcessingException {
        return ClaimedMessage.of(row);
    }

    public Refusal judge(Throwable failure) {
        return Refusal.ofMail(failure);
    }

    /** The parameters of {@code ops/close-failed-message}. */
    public Map<String, Object> failing(ClaimedMessage outgoing, Refusal refusal) {
        Map<String, Object> parameters = outgoing.claim();
        parameters.putAll(patience);
        parameters.put("error", refusal.words());
        parameters.put("permanent", refusal.isPermanent());
        parameters.put("down", refusal.isDown());
        Duration wait = refusal.retryAfter();
        parameters.put("wait", wait == null ? null : wait.toMillis());
        return parameters;
    }
}
