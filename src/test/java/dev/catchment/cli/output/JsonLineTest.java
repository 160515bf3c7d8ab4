package dev.catchment.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void a_line_has_its_moment_its_run_and_its_room_and_nothing_of_camel() throws Exception {
        JsonNode line = line(Map.of(
                "run", "7", "scope", "catalog/crawl/us", "camel.exchangeId", "ID-1", "camel.routeId", "catalog-crawl"));
        assertThat(line.get("timestamp").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("formattedMessage").asText()).isEqualTo("It says \"no\".");
        assertThat(line.get("throwable").get("message").asText()).isEqualTo("why");
        assertThat(line.get("mdc").toString()).isEqualTo("{\"room\":\"catalog\",\"run\":\"7\"}");
        assertThat(line.toString()).doesNotContain("exchangeId", "routeId", "ID-1");
    }

    @Test
    void a_line_of_no_run_has_no_context() throws Exception {
        assertThat(line(Map.of("camel.exchangeId", "ID-1", "scope", "x")).get("mdc"))
                .isEmpty();
    }

    private static JsonNode line(Map<String, String> context) throws Exception {
        LoggerContext logback = new LoggerContext();
        Logger logger = logback.getLogger("dev.catchment.catalog.Crawl");
        LoggingEvent event = new LoggingEvent(
                "x", logger, Level.WARN, "It says {}.", new IllegalStateException("why"), new Object[] {"\"no\""});
        event.setInstant(java.time.Instant.parse("2026-01-02T03:04:05.006Z"));
        event.setMDCPropertyMap(context);
        JsonLine lines = new JsonLine();
        lines.setContext(logback);
        lines.start();
        return new ObjectMapper().readTree(lines.encode(event));
    }
}
