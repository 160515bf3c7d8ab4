package dev.catchment.webhooks;

import java.util.Map;

/** What an operator may do with the webhooks over JMX, as {@code dev.catchment:type=Webhooks}; they go by their names. */
public interface WebhooksMXBean {
    /** Posts at once what is due, and says so, or why not. */
    String run();

    /** Nothing is posted to a webhook any more until it is resumed; its cursor stays. */
    String pause(String webhook);

    /** A webhook goes on from its cursor, with the delivery that failed. */
    String resume(String webhook);

    /** When the next delivery is due, ISO 8601 in UTC; never if none waits. */
    String nextRun();

    /** The state of each webhook, as {@code catchment webhooks list} says it, by its name. */
    Map<String, String> states();
}
