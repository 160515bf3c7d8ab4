package dev.catchment.cli.output;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object a line: the moment in ISO 8601, and of the context run and room alone. What else Camel puts there are names of
 * its own for what passes through its routes.
 */
final class JsonLine extends JsonEncoder {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    JsonLine() {
        setWithTimestamp(false);
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithContext(false);
        setWithMessage(false);
        setWithFormattedMessage(true);
        setWithArguments(false);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(withOurContext(event)), StandardCharsets.UTF_8);
        String moment = MOMENT.format(Instant.ofEpochMilli(event.getTimeStamp()));
        return "{\"timestamp\":\"%s\",%s".formatted(moment, line.substring(1)).getBytes(StandardCharsets.UTF_8);
    }

    private static ILoggingEvent withOurContext(ILoggingEvent event) {
        Map<String, String> ours = context(event.getMDCPropertyMap());
        return (ILoggingEvent) Proxy.newProxyInstance(
                JsonLine.class.getClassLoader(), new Class<?>[] {ILoggingEvent.class}, (proxy, method, given) -> {
                    if (method.getName().equals("getMDCPropertyMap")) {
                        return ours;
                    }
                    try {
                        return method.invoke(event, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A run is over a scope, room/flow/scope. */
    private static Map<String, String> context(Map<String, String> all) {
        Map<String, String> ours = new TreeMap<>();
        String run = all.get("run");
        String scope = all.get("scope");
        if (run != null && !run.isBlank()) {
            ours.put("run", run);
            if (scope != null && scope.contains("/")) {
                ours.put("room", scope.substring(0, scope.indexOf('/')));
            }
        }
        return ours;
    }
}
