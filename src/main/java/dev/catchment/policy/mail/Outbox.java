package dev.catchment.policy.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.HashMap;
import java.util.Map;

/** What sending asks of the database. */
public final class Outbox {
    private final MailAddresses addresses;
    private final Map<String, Object> patience;

    /**
     * @param most attempts that the server may refuse for now
     * @param pause milliseconds after the first attempt
     * @param longest pause, in milliseconds
     */
    public Outbox(MailAddresses addresses, int most, long pause, long longest) {
        this.addresses = addresses;
        this.patience = Map.of("most", most, "pause", pause, "longest", longest);
    }

    /** The parameters of {@code policy/open-messages}. */
    public Map<String, Object> opening() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("domain", addresses.domain());
        parameters.put("operators", addresses.operators());
        return parameters;
    }

    /** The parameters of {@code policy/open-next-message}. */
    public Map<String, Object> claiming(String worker, long mostOfADiff) {
        return Map.of("worker", worker, "most", mostOfADiff);
    }

    public ClaimedMessage outgoing(Map<String, Object> row) throws JsonProcessingException {
        return ClaimedMessage.of(row);
    }

    public MailRefusal judge(Throwable failure) {
        return MailRefusal.of(failure);
    }

    /** The parameters of {@code policy/close-failed-message}. */
    public Map<String, Object> failing(ClaimedMessage outgoing, MailRefusal refusal) {
        Map<String, Object> parameters = outgoing.claim();
        parameters.putAll(patience);
        parameters.put("error", refusal.words());
        parameters.put("permanent", refusal.isPermanent());
        parameters.put("down", refusal.isDown());
        return parameters;
    }
}
