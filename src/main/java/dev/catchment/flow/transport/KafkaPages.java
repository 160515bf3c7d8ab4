package dev.catchment.flow.transport;

import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.walk.ActiveWalk;
import dev.catchment.flow.walk.FetchedPage;
import dev.catchment.postgres.Conflict;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.LostConnection;
import dev.catchment.text.UrlSecrets;
import dev.catchment.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes between a fetcher and the writers of other nodes ask for: the record of a page, and what became of it. */
public final class KafkaPages {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPages.class);

    /** As long as there is the walk: two writers of it may come here at any time. */
    private final Map<ActiveWalk, SentPages> walks = Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<String> foreign = ConcurrentHashMap.newKeySet();
    private final Database database;
    private final int inFlight;
    private final long patience;

    /**
     * @param database that pages are written to
     * @param inFlight pages of one run that may be sent and not yet committed
     * @param patience milliseconds that a run waits while none of its pages gets committed
     */
    public KafkaPages(Database database, int inFlight, long patience) {
        this.database = database;
        this.inFlight = inFlight;
        this.patience = patience * 1_000_000L;
    }

    // ---- who fetches ----

    /**
     * A page as it is sent.
     *
     * @param parameters of the statement that commits it
     * @param database whose run it is: the row of {@code ops/find-database}
     * @return null if it has to be written here: its cursor holds a secret, or it is no UTF-8
     */
    public byte[] pack(
            ActiveWalk walk, FetchedPage page, Map<String, Object> parameters, Map<String, Object> database) {
        byte[] records = (byte[]) parameters.get("records");
        byte[] raws = (byte[]) parameters.get("raws");
        if (page.cursor() != null && UrlSecrets.areIn(page.cursor()) || Utf8.malformedAt(raws, 0, raws.length) >= 0) {
            return null;
        }
        return new PageRecord(
                        PageRecord.VERSION,
                        (String) database.get("id"),
                        walk.start().run(),
                        page.sequence(),
                        walk.order().scope(),
                        walk.source().id(),
                        walk.order().part(),
                        (Integer) parameters.get("skipped"),
                        UrlSecrets.masked((String) parameters.get("request")),
                        (String) parameters.get("rejects"),
                        new String(records, StandardCharsets.UTF_8),
                        new String(raws, StandardCharsets.UTF_8))
                .bytes();
    }

    public void sent(ActiveWalk walk, int sequence) {
        of(walk).sent(sequence);
        walk.away(sequence);
    }

    /** Whether no more may be fetched until one of the pages is committed: what is fetched is sent. */
    public boolean isFull(ActiveWalk walk) {
        return of(walk).count() + walk.inHand() >= inFlight;
    }

    /** Whether pages were sent that are not known to be committed. */
    public boolean isAwaited(ActiveWalk walk) {
        return of(walk).count() > 0;
    }

    /** The parameters of {@code ops/list-committed-pages}. */
    public Map<String, Object> place(ActiveWalk walk) {
        return Map.of("run", walk.start().run(), "after", of(walk).after());
    }

    /** @param rows of {@code ops/list-committed-pages} */
    public void follow(ActiveWalk walk, List<Map<String, Object>> rows) {
        of(walk).follow(walk, rows, patience);
    }

    /** The brokers did not take a page. */
    public void refuse(Throwable cause) {
        throw new TransientFailure(
                "Kafka did not take a page within kafka.send-timeout (%s); the brokers are down or out of reach, or kafka.brokers or kafka.properties is wrong."
                        .formatted(
                                FailureText.of(beneath(cause), "kafka.brokers").replaceFirst("[.]$", "")),
                cause);
    }

    private static Throwable beneath(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private SentPages of(ActiveWalk walk) {
        return walks.computeIfAbsent(walk, known -> new SentPages());
    }

    // ---- who writes ----

    /** The parameters of {@code ops/find-page}, and of what comes after it, of a record that came. */
    public Map<String, Object> unpack(byte[] record) {
        PageRecord page = PageRecord.of(record);
        Map<String, Object> parameters = page.parameters();
        parameters.put("sequence", page.sequence());
        parameters.put("version", page.version());
        return parameters;
    }

    /** Whether a page is to be written. @param row of {@code ops/find-page} */
    public boolean isWanted(Map<String, Object> page, Map<String, Object> row) {
        if ((boolean) row.get("is_foreign")) {
            if (foreign.add((String) page.get("database"))) {
                LOG.warn(
                        "Pages of another database come through the same topic and are dropped; set another kafka.pages.topic for each installation. database={} run={} scope={}",
                        page.get("database"),
                        page.get("run"),
                        page.get("scope"));
            }
            return false;
        }
        boolean isWanted = (boolean) row.get("is_running") && !(boolean) row.get("is_committed");
        if (isWanted && (int) page.get("version") > PageRecord.VERSION) {
            throw new PermanentFailure(
                    "A page came in form %s, of which this program knows the first %d: it was sent by a newer one. Upgrade all nodes, or drain the older ones."
                            .formatted(page.get("version"), PageRecord.VERSION));
        }
        return isWanted;
    }

    /** Whether what failed may be repeated as it is, later: nothing of it is kept. */
    public boolean isPassing(Throwable failure) {
        return database.isOutOfReach(failure) || LostConnection.isReadOnly(failure);
    }

    /** Whether another writer, who had the record before, has committed the page meanwhile. */
    public boolean isCommitted(Throwable failure) {
        return Conflict.isDuplicate(failure, "requests");
    }

    /** The parameters of {@code ops/update-failed-page}. @param page null if what came was none */
    public Map<String, Object> failed(Map<String, Object> page, Throwable failure) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", page == null ? null : page.get("run"));
        parameters.put("error", FailureText.of(failure, "the database"));
        return parameters;
    }
}
