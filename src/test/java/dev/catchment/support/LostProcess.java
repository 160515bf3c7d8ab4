package dev.catchment.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A process of its own that is lost in the middle of its work; another takes the work over, then the lost one comes back. */
public final class LostProcess {
    /** Its lease, in seconds. */
    private static final int LEASE = 3;
    /** For its successor to begin, on a busy machine. */
    private static final int AT_ONCE = 30;

    private final Loss loss;
    private final Map<String, String> settings;
    private final List<String> arguments;

    /** @param arguments of the command */
    public LostProcess(Loss loss, Map<String, String> settings, String... arguments) {
        this.loss = loss;
        this.settings = new HashMap<>(settings);
        this.settings.put("ops.lease", LEASE + "s");
        this.arguments = List.of(arguments);
    }

    /**
     * Loses it, and lets it come back.
     *
     * @param isAtWork when it is to be lost
     * @param successor takes the work over, and ends with it
     * @param written what is written, as text: the same after it came back as before
     */
    public void comesBack(Callable<Boolean> isAtWork, Runnable successor, Callable<Object> written) throws Exception {
        try (Wire wire = Wire.open()) {
            settings.put("database.url", wire.url());
            try (CrawlProcess lost = CrawlProcess.command(settings, arguments)) {
                Await.until("it is at work: " + lost.standardError(), isAtWork);
                loss.begin(lost, wire);
                long begun = TestDatabase.number("select extract(epoch from clock_timestamp())::bigint");
                successor.run();
                assertThat(TestDatabase.number("select extract(epoch from max(started_at))::bigint from ops.runs"))
                        .as("it is waited for no longer than for its lease")
                        .isBetween(begun, begun + LEASE + AT_ONCE);
                Object before = written.call();
                loss.end(lost, wire);
                lost.exitCode();
                assertThat(written.call()).as(lost.standardError()).isEqualTo(before);
            }
        }
    }
}
