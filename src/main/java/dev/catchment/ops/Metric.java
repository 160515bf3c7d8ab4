package dev.catchment.ops;

import java.util.Arrays;
import java.util.List;

/** Every metric there is; docs/operations.md describes them, and a test holds it to this list. */
public enum Metric {
    RUNS("catchment.ops.runs", null, "Runs begun in the last 24 hours, by how they stand.", "room", "flow", "outcome"),
    RECORDS(
            "catchment.ops.records",
            null,
            "Records of the runs begun in the last 24 hours, by what became of them.",
            "room",
            "flow",
            "outcome"),
    PAGES(
            "catchment.ops.pages",
            null,
            "Pages committed by the runs begun in the last 24 hours, by HTTP status.",
            "room",
            "flow",
            "outcome"),
    RETRIES("catchment.ops.retries", null, "Attempts beyond the first that these pages took.", "room", "flow"),
    SUCCESS_AGE(
            "catchment.ops.success.age",
            "seconds",
            "Time since a run over the scope succeeded last; flows of more than 20 scopes are left out.",
            "room",
            "flow",
            "scope"),
    INCIDENTS("catchment.ops.incidents", null, "Open incidents, by cause.", "room", "outcome"),
    MESSAGES("catchment.ops.messages", null, "Messages that wait or failed.", "room", "channel", "outcome"),
    WORKERS("catchment.ops.workers", null, "Workers with a heartbeat within their lease, of all processes."),
    JOBS("catchment.names.jobs", null, "Jobs that wait, run or failed for good.", "outcome"),
    HARVEST_SOURCES("catchment.harvest.sources", null, "Active sources, by health.", "outcome"),
    HARVEST_DUE("catchment.harvest.due", null, "Sources that are due and not being walked."),
    POLICY_SOURCES("catchment.policy.sources", null, "Pages, by state.", "outcome"),

    LEDGER_UP("catchment.ops.ledger.up", null, "1 if the ledger could be read, else 0."),
    TRIGGERS("catchment.ops.triggers", null, "Quartz triggers, by whether they fire as they should.", "outcome"),
    DISK_FREE("catchment.ops.disk.free", "bytes", "Room on the disk of data.dir."),
    CONNECTIONS("catchment.postgres.connections", null, "Connections of this process, by state.", "outcome"),
    HTTP_REQUESTS("catchment.http.requests", "seconds", "Requests sent, each attempt by itself.", "room", "outcome"),
    HTTP_RETRIES("catchment.http.retries", "total", "Requests that were tried again.", "room"),
    WEB_REQUESTS("catchment.web.requests", "seconds", "Requests answered, by route.", "route", "outcome");

    private final String meter;
    private final String unit;
    private final String description;
    private final List<String> tags;

    Metric(String meter, String unit, String description, String... tags) {
        this.meter = meter;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** As a row of the ledger names it. */
    static Metric of(String meter) {
        return Arrays.stream(values())
                .filter(each -> each.meter.equals(meter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no metric " + meter + "."));
    }

    /** As Micrometer names it. */
    String meter() {
        return meter;
    }

    /** As Prometheus names it; a timer has more with other endings. */
    public String prometheus() {
        return meter.replace('.', '_') + (unit == null ? "" : "_" + unit);
    }

    /** Null for a count. */
    String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    public List<String> tags() {
        return tags;
    }

    /** Whether rows of the ledger give it; the others are counted in this process. */
    boolean isOfLedger() {
        return ordinal() < LEDGER_UP.ordinal();
    }
}
