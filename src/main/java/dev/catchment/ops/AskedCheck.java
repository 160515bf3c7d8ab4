package dev.catchment.ops;

import dev.catchment.errors.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a route, whose rows say in the column {@code reason} what is wrong; it failing is wrong, too. */
public final class AskedCheck extends Check {
    private static final Logger LOG = LoggerFactory.getLogger(AskedCheck.class);

    private final String route;
    private final String otherwise;

    /** @param otherwise what is told if the route fails: what it says may be of hosts and users */
    public AskedCheck(String name, String route, String otherwise) {
        super(name);
        this.route = route;
        this.otherwise = otherwise;
    }

    @Override
    String trouble() {
        try (ProducerTemplate template = getCamelContext().createProducerTemplate()) {
            List<?> rows = template.requestBody("direct:" + route, null, List.class);
            String reasons = rows.stream()
                    .map(row -> ((Map<?, ?>) row).get("reason"))
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
            return rows.isEmpty() ? null : reasons;
        } catch (CamelExecutionException e) {
            LOG.warn(
                    "A health check failed. check={} reason={}",
                    getId(),
                    Cause.of(e).getMessage());
            return otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
