package dev.catchment.harvest;

import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.standin.KindStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;

/** The stand-in for a source that the settings ask for: of which kind, with which records, and whether it fails at times. */
public class PortalStandIn implements CamelContextAware {
    /** The records of a demonstration are few: enough pages to see it work. */
    private static final int DEMO_PAGE = 5;

    private final Kinds kinds;
    private boolean enabled;
    private String kind = "";
    private String data = "";
    private String faults = "off";
    private CamelContext context;
    private KindStandIn standIn;

    public PortalStandIn(Kinds kinds) {
        this.kinds = kinds;
    }

    /** Reads the records, if enabled. @throws IllegalArgumentException if there is no such kind, or none of its records */
    public void start() {
        if (!enabled) {
            return;
        }
        standIn = new KindStandIn(kinds.get(kind).kind());
        standIn.setCamelContext(context);
        standIn.setFaults(faults);
        if (data.isBlank()) {
            standIn.serve(DemoRecords.of(kind)).cap(DEMO_PAGE);
        } else {
            standIn.serve(lines(Path.of(data)));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read %s for the stand-in. Give harvest.stand-in.data a file of one JSON object per line, or nothing."
                            .formatted(file),
                    e);
        }
    }

    /** Answers one request; what the route calls. */
    public void answer(Exchange exchange) {
        standIn.answer(exchange);
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    /** The file of its records; empty for the made-up ones. */
    public void setData(String data) {
        this.data = data;
    }

    /** {@code on} or {@code off}. */
    public void setFaults(String onOrOff) {
        faults = onOrOff;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
