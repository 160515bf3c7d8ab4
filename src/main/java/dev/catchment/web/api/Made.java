package dev.catchment.web.api;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What was made, as the answer: with what is shown this once. */
public final class Made {
    /** @param exchange whose body has the fields that the contract says, under their names */
    public void done(Exchange exchange) {
        Asked asked = exchange.getProperty("asked", Asked.class);
        Map<String, Object> row = new HashMap<>();
        Map<?, ?> made = exchange.getMessage().getBody(Map.class);
        made.forEach((field, value) -> row.put(String.valueOf(field), value));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(JsonRows.of(row, asked.operation().fields()).toString());
    }
}
