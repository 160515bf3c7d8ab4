package dev.catchment.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;

/** What Camel's registry of health checks says, for whoever asks: 200 if all is well, else 503. */
public final class Health {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of checks, those that are up too. */
    private static final String ALL = "full";

    private final Triggers triggers;

    public Health(Triggers triggers) {
        this.triggers = triggers;
    }

    /** Whether it needs no restart: the process works, and so does its scheduler, which none but a restart brings back. */
    public void live(Exchange exchange) {
        ArrayNode checks = checks(HealthCheckHelper.invokeLiveness(exchange.getContext(), ALL));
        checks.add(check("scheduler", triggers.isAlive() ? null : TimersCheck.ENDED));
        answer(exchange, checks);
    }

    /** Whether it does its work, and can be asked. */
    public void ready(Exchange exchange) {
        answer(exchange, checks(HealthCheckHelper.invokeReadiness(exchange.getContext(), ALL)));
    }

    private static ArrayNode checks(Collection<Result> results) {
        ArrayNode checks = JSON.createArrayNode();
        results.stream()
                .sorted(Comparator.comparing(result -> result.getCheck().getId()))
                .forEach(result -> checks.add(check(
                        result.getCheck().getId(),
                        result.getState() == State.UP
                                ? null
                                : result.getMessage().orElse("It does not say why."))));
        return checks;
    }

    /** @param reason why it is down; null if it is up */
    private static ObjectNode check(String name, String reason) {
        ObjectNode check = JSON.createObjectNode().put("check", name).put("status", reason == null ? "up" : "down");
        return reason == null ? check : check.put("reason", reason);
    }

    private static void answer(Exchange exchange, ArrayNode checks) {
        boolean isUp = checks.findValuesAsText("status").stream().allMatch("up"::equals);
        ObjectNode answer = JSON.createObjectNode().put("status", isUp ? "up" : "down");
        answer.set("checks", checks);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, isUp ? 200 : 503);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("Cache-Control", "no-store");
        message.setBody(answer.toString());
    }
}
