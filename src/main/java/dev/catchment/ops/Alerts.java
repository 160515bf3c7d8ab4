package dev.catchment.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.mail.ClaimedMessage;
import dev.catchment.flow.mail.MailAddresses;
import dev.catchment.flow.mail.MailServer;
import dev.catchment.flow.walk.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Who is told of incidents, and what the statements that find and tell them ask for. */
public final class Alerts {
    /** Incidents that a message names; more are counted. */
    private static final int NAMED = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailAddresses addresses;
    private final MailServer server;
    private final Webhook webhook;
    private String[] mail;
    private Duration overdue = Duration.ZERO;
    private long collect;
    private long pause;

    public Alerts(MailAddresses addresses, MailServer server, Webhook webhook) {
        this.addresses = addresses;
        this.server = server;
        this.webhook = webhook;
    }

    /**
     * @param list addresses with commas between, blank for none
     * @throws IllegalArgumentException if one is no address of a mailbox
     */
    public void setMail(String list) {
        mail = MailAddresses.each("ops.alerts.mail", list);
    }

    /** @param milliseconds after its time for which a run may be late */
    public void setOverdue(long milliseconds) {
        overdue = Duration.ofMillis(milliseconds);
    }

    /** @param milliseconds for which the first incident waits for others */
    public void setCollect(long milliseconds) {
        collect = milliseconds;
    }

    /** @param milliseconds from one message to the next */
    public void setPause(long milliseconds) {
        pause = milliseconds;
    }

    /** The parameters of {@code ops/merge-incidents}: the schedules of all rooms say which runs are expected. */
    public Map<String, Object> judging(CamelContext camel) throws JsonProcessingException {
        Instant late = Instant.now().minus(overdue);
        List<Map<String, Object>> expected = camel.getRegistry().findByType(Schedule.class).stream()
                .map(schedule -> schedule.expected(late))
                .flatMap(Collection::stream)
                .toList();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("overdue", overdue.toMillis());
        parameters.put("expected", JSON.writeValueAsString(expected));
        parameters.put("now", null);
        return parameters;
    }

    /** The parameters of {@code ops/open-incident-messages}; without a mail server no mail waits for one. */
    public Map<String, Object> telling() {
        Map<String, Object> parameters = new HashMap<>(Map.of("collect", collect, "pause", pause, "most", NAMED));
        parameters.put("domain", addresses.domain());
        parameters.put("mail", server.isThere() ? mail : null);
        parameters.put("webhook", webhook.origin());
        return parameters;
    }

    public IncidentLetter letter(ClaimedMessage outgoing) {
        return IncidentLetter.of(outgoing.content());
    }
}
