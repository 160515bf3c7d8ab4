package dev.catchment.policy.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What sending asks of the database. One of these sends one message at a time, and goes by one name. */
public final class Outbox {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final String name = "mail-" + MADE.incrementAndGet();
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
    public Map<String, Object> opening(String node) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("worker", worker(node));
        parameters.put("domain", addresses.domain());
        parameters.put("operators", addresses.operators());
        return parameters;
    }

    /** The parameters of {@code policy/open-next-message}. */
    public Map<String, Object> claiming(String node, long mostOfADiff) {
        return Map.of("worker", worker(node), "most", mostOfADiff);
    }

    private String worker(String node) {
        return (node.length() > 80 ? node.substring(0, 80) : node) + "/" + name;
    }

    public Outgoing outgoing(Map<String, Object> row) throws JsonProcessingException {
        return Outgoing.of(row);
    }

    public Refusal judge(Throwable failure) {
        return Refusal.of(failure);
    }

    /** The parameters of {@code policy/close-failed-message}. */
    public Map<String, Object> failing(Outgoing outgoing, Refusal refusal) {
        Map<String, Object> parameters = outgoing.claim();
        parameters.putAll(patience);
        parameters.put("error", refusal.words());
        parameters.put("permanent", refusal.isPermanent());
        parameters.put("down", refusal.isDown());
        return parameters;
    }
}
