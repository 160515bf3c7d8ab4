package dev.catchment.harvest;

import dev.catchment.errors.FailureText;
import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RunEnd;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.flow.walk.AccessToken;
import dev.catchment.flow.walk.ActiveWalk;
import dev.catchment.flow.walk.DocumentWalk;
import dev.catchment.flow.walk.PagedWalk;
import dev.catchment.flow.walk.Walk;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.flow.walk.WalkSource;
import dev.catchment.http.Spool;
import dev.catchment.postgres.rows.ServerClock;
import dev.catchment.text.Cron;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Turns sources into walks: what is claimed, how each is walked, and when it is due again. */
public final class HarvestWalks {
    public static final String ROOM = "harvest";
    public static final String FLOW = "walk";

    /** After so many failures in a row a source counts as dead; it is asked once a day nonetheless. */
    private static final int DEAD_AFTER = 10;

    private static final String CLOCK = "clock";

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    /** Sources of one cron begin within so many seconds after it, each at its own time. */
    private static final int SPREAD = 3600;

    private final Kinds kinds;
    private final Secrets secrets;
    private final Path spool;
    private final long mostBytes;
    private final long freeBytes;
    private final int concurrent;
    private final ActiveRuns running;

    /**
     * For a process.
     *
     * @param spool folder where documents lie while they are read
     * @param mostBytes of a document
     * @param freeBytes that stay free on its disk
     * @param concurrent walks of one host at a time
     */
    public HarvestWalks(
            Kinds kinds,
            Secrets secrets,
            String spool,
            long mostBytes,
            long freeBytes,
            int concurrent,
            ActiveRuns running) {
        this.kinds = kinds;
        this.secrets = secrets;
        this.spool = Path.of(spool);
        this.mostBytes = mostBytes;
        this.freeBytes = freeBytes;
        this.concurrent = concurrent;
        this.running = running;
    }

    /** The parameters of {@code harvest/claim-source}. */
    public Map<String, Object> claim(HarvestOrder order, String worker) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("worker", worker);
        parameters.put("source", order.source());
        parameters.put("kind", order.kind());
        parameters.put("is_due", order.onlyDue());
        parameters.put("done", BatchJson.text(order.done()));
        parameters.put("concurrent", concurrent);
        parameters.put("most", 1);
        return parameters;
    }

    /** @param row of {@code harvest/claim-source} or {@code harvest/find-next-source} @return the same, with a clock that goes on */
    public Map<String, Object> claimed(Map<String, Object> row) {
        Map<String, Object> claimed = new HashMap<>(row);
        claimed.put(CLOCK, new ServerClock((Date) row.get("claimed_at")));
        return claimed;
    }

    private static Instant now(Map<String, Object> claimed) {
        return ((ServerClock) claimed.get(CLOCK)).now();
    }

    /**
     * What is asked of the walk of a claimed source: everything, or what changed since the last walk.
     *
     * @param last row of {@code harvest/find-last-walk}
     */
    public WalkOrder order(HarvestOrder order, Map<String, Object> row, Map<String, Object> last) {
        SourceRow source = SourceRow.of(row);
        order.done().add(source.id());
        Kind kind = kinds.get(source.kind()).kind();
        Instant since = order.fresh() || order.dryRun() ? null : since(kind, last, now(row));
        // What was looked at to its end and proved nothing proves no more if its end is looked at again, and a place in
        // one portal
        // is none in another.
        boolean isAnew = order.fresh() || last != null && Boolean.TRUE.equals(last.get("is_doubted"));
        String part = order.isPlan() ? HarvestPlans.PLAN : null;
        return new WalkOrder(ROOM, FLOW, source.name(), order.trigger(), part, isAnew, since, null, 0, order.dryRun());
    }

    private static Instant since(Kind kind, Map<String, Object> last, Instant now) {
        boolean isFilter = kind.since() != null && kind.since().most() == null;
        if (!isFilter || last == null || last.get("complete_at") == null) {
            return null;
        }
        Instant complete = ((Date) last.get("complete_at")).toInstant();
        boolean isFullDue = complete.plus(kind.since().fullEveryTime()).isBefore(now);
        Instant seen = ((Date) last.get("seen_at")).toInstant();
        return isFullDue || (boolean) last.get("is_unfinished")
                ? null
                : seen.minus(kind.since().overlapTime());
    }

    /** The parameters of {@code harvest/update-walked-source}. @param row of the claimed source */
    public Map<String, Object> begun(Map<String, Object> row, RunStart start) {
        Map<String, Object> parameters = new HashMap<>(asked(row));
        parameters.put("run", start.run());
        return parameters;
    }

    /** The parameters of {@code harvest/find-last-walk}. @param row of the claimed source */
    public Map<String, Object> asked(Map<String, Object> row) {
        return Map.of(
                "source", row.get("source_id"),
                "kind", row.get("kind"),
                "url", row.get("url"),
                "options", row.get("options"),
                "declaration", kinds.get((String) row.get("kind")).declaration());
    }

    /** The parameters of {@code harvest/upsert-kind}. @param kind its name */
    public Map<String, Object> declared(String kind) {
        Kinds.Declared declared = kinds.get(kind);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("name", declared.name());
        parameters.put("hash", declared.hash());
        parameters.put("declaration", declared.declaration());
        parameters.put("mapping", declared.mapping());
        return parameters;
    }

    /** Begins a walk. @param row of the claimed source */
    public ActiveWalk begin(WalkOrder order, RunStart start, Map<String, Object> row) {
        SourceRow source = SourceRow.of(row);
        Kind kind = kinds.get(source.kind()).kind();
        ActiveWalk walk = walk(order, start, source, kind, kind.page().size());
        running.begun(walk);
        return walk;
    }

    /** Begins a job, which takes the place of a walk. */
    public SourceJob begin(SourceJob.Order order, RunStart start) {
        SourceJob job = new SourceJob(order, start);
        running.begun(job);
        return job;
    }

    /** A walk that belongs to no run. @param pageSize records of a page, to begin with */
    ActiveWalk walk(WalkOrder order, RunStart start, SourceRow source, Kind kind, int pageSize) {
        Kind.Auth auth = kind.auth();
        AccessToken token = new AccessToken(
                secrets,
                auth == null ? null : source.secret(),
                auth == null ? null : auth.header(),
                auth == null || auth.value() == null ? "{secret}" : auth.value());
        WalkSource walked = new WalkSource(kind, source.id(), source.name(), source.placeholders(), token);
        return new ActiveWalk(order, start, walked, way(kind, source, order, start), new RecordReader(kind), pageSize);
    }

    private Walk way(Kind kind, SourceRow source, WalkOrder order, RunStart start) {
        if (!kind.page().by().equals("single")) {
            return new PagedWalk(kind, source.placeholders(), order.since(), start.cursor());
        }
        try {
            Files.createDirectories(spool);
            Path file = spool.resolve("%s-%s.json".formatted(source.name(), start.run() == null ? "dry" : start.run()));
            String url = Placeholders.withQuery(
                    source.placeholders().url(kind.request().url()),
                    source.placeholders().values(kind.request().query()));
            Spool body =
                    new Spool(file, mostBytes, "harvest.document.max-size", freeBytes, "harvest.document.min-free");
            return new DocumentWalk(kind, url, body, RecordReader.LARGEST, start.cursor());
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for documents cannot be made: " + spool, e);
        }
    }

    /** The parameters of {@code harvest/list-answering-sources}. @param row of the claimed source */
    public Map<String, Object> witnesses(Map<String, Object> row) {
        return Map.of("host", row.get("host"), "most", 5);
    }

    /** What went wrong with a walk, or before it began; null if nothing did. */
    public Throwable failure(ActiveRun walk, Throwable refusal) {
        return refusal != null || walk == null ? refusal : walk.failure();
    }

    /**
     * How a walk ended for its source: as its run, but for what says nothing of the source, which goes on at once then: the database
     * was out of reach, or everything was; another run of it is under way, or another process took this one for dead.
     *
     * @param summary of the run; null if there was none
     * @param isOutOfReach whether the database was
     * @param isCutOff whether the network of this process was gone
     */
    public String status(Map<String, Object> summary, Throwable failure, boolean isOutOfReach, boolean isCutOff) {
        String status = summary == null ? "failed" : (String) summary.get("status");
        boolean isOfOthers = status.equals("failed") && (isOutOfReach || isCutOff || failure instanceof ScopeBusy);
        return isOfOthers || summary != null && RunEnd.isUnfinished(summary) ? "stopped" : status;
    }

    /**
     * The parameters of {@code harvest/close-source}.
     *
     * @param status what {@link #status} says
     * @param summary of the run; null if there was none
     * @param failure why there was none; null if there was one
     * @param isLost whether the database was out of reach
     */
    public Map<String, Object> close(
            Map<String, Object> row,
            String worker,
            String status,
            Map<String, Object> summary,
            Throwable failure,
            Object isFlapping,
            boolean isLost) {
        SourceRow source = SourceRow.of(row);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("source", source.id());
        parameters.put("worker", worker);
        parameters.put("status", status);
        parameters.put("is_flapping", Boolean.TRUE.equals(isFlapping));
        parameters.put("reason", summary == null ? FailureText.of(failure, source.name()) : reason(summary));
        // Who walks it says when it is due again.
        parameters.put(
                "due_at",
                failure instanceof ScopeBusy
                        ? null
                        : due(source, status, now(row)).toString());
        parameters.put("dead_after", DEAD_AFTER);
        parameters.put("is_lost", isLost);
        return parameters;
    }

    /** The parameters of {@code harvest/release-source}. */
    public Map<String, Object> release(Map<String, Object> row, String worker) {
        return Map.of("source", row.get("source_id"), "worker", worker);
    }

    private static String reason(Map<String, Object> summary) {
        Object error = summary.get("error");
        return (String)
                (error != null ? error : "succeeded".equals(summary.get("status")) ? null : summary.get("note"));
    }

    /** When it is walked next: at its time; after a failure sooner, and ever later. */
    private Instant due(SourceRow source, String status, Instant now) {
        if (status.equals("stopped")) {
            return now;
        }
        Instant next = next(source, now);
        if (status.equals("failed")) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(source.failures(), 10));
            Instant again = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            return next != null && next.isBefore(again) && source.failures() == 0 ? next : again;
        }
        return next == null ? now.plus(LONGEST_PAUSE) : next;
    }

    /** Null if it says none, or what is declared cannot be read: the claim is closed nonetheless. */
    private String scheduleOf(String kind) {
        try {
            Kinds.Declared declared = kinds.all().get(kind);
            return declared == null || declared.kind() == null
                    ? null
                    : declared.kind().schedule();
        } catch (UncheckedIOException unreadable) {
            return null;
        }
    }

    private Instant next(SourceRow source, Instant now) {
        String cron = source.schedule();
        if (cron == null) {
            cron = scheduleOf(source.kind());
        }
        Instant next = cron == null ? null : Cron.of(cron, "UTC").next(now);
        return next == null ? null : next.plusSeconds(source.schedule() == null ? source.id() * 7919 % SPREAD : 0);
    }

    /** The summary of a source that could not even be walked, in the shape of that of a run. */
    public Map<String, Object> refused(Map<String, Object> row, HarvestOrder order, Throwable failure) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", null);
        summary.put("room", ROOM);
        summary.put("flow", FLOW);
        summary.put("scope", row.get("name"));
        summary.put("mode", order.dryRun() ? "dry-run" : order.isPlan() ? HarvestPlans.PLAN : "full");
        summary.put("status", "failed");
        RunEnd.COUNTS.forEach(count -> summary.put(count, 0L));
        summary.put("seconds", 0);
        summary.put("cursor", null);
        summary.put("error", FailureText.of(failure, (String) row.get("name")));
        summary.put("note", null);
        return summary;
    }

    /**
     * Those that make datasets of new records side by side.
     *
     * @param most of them; after an incomplete walk there is one, which knows how many records have to wait
     */
    public List<Integer> settlers(ActiveWalk walk, int most) {
        return IntStream.rangeClosed(1, walk.isComplete() ? most : 1).boxed().toList();
    }

    /**
     * New records got their datasets.
     *
     * @param row of {@code harvest/settle-datasets}; null if the run is not running any more
     */
    public void settled(ActiveWalk walk, Map<String, Object> row) {
        if (row == null) {
            throw new FatalFailure("The run is no longer running in ops.runs: another process took it for dead.");
        }
        long waiting = ((Number) row.get("waiting")).longValue();
        if (waiting > 0 && ((Number) row.get("settled")).longValue() == 0) {
            walk.note("%,d new records wait for a complete walk: they may be known ones with another key."
                    .formatted(waiting));
        }
    }

    /** The parameters of statements that take the time of the server. */
    public Map<String, Object> now() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("now", null);
        return parameters;
    }

    /** The parameters of statements of a run over a source. */
    public Map<String, Object> run(ActiveWalk walk) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("source", walk.source().id());
        parameters.put("is_complete", walk.isComplete());
        parameters.put("rules", "{" + String.join(",", walk.source().kind().identity()) + "}");
        parameters.put("after", walk.source().kind().retire().after());
        parameters.put("most", 1000);
        parameters.put("now", null);
        return parameters;
    }
}
