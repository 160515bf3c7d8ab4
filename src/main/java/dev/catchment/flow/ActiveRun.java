package dev.catchment.flow;

import dev.catchment.errors.Cause;
import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A run under way. One thread reads batch after batch; the writers commit them side by side. Only so many are on their
 * way at the same time, so that memory is bounded, and a killed run reads no more than those again.
 */
public abstract class ActiveRun {
    /** What most do once the server is there again. */
    public static final String RESUMES = "the next run resumes from its cursor";

    private final RunStart start;
    private final InFlight inFlight;
    private final Tally tally = new Tally();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean isHandedOver;
    private int place;
    private boolean handedOn = true;
    private volatile boolean lost;
    private volatile String note;

    /** @param inFlight batches that may be on their way to the database at the same time */
    protected ActiveRun(RunStart start, int inFlight) {
        this.start = start;
        this.inFlight = new InFlight(inFlight);
    }

    public final RunStart start() {
        return start;
    }

    public final Tally tally() {
        return tally;
    }

    /** Waits until one more batch may be on its way. The thread that reads asks. @return the number of the batch, from 1 */
    public final int takePlace() throws InterruptedException {
        if (waitsForOthers()) {
            inFlight.awaitNone();
        }
        place = inFlight.begin();
        handedOn = false;
        return place;
    }

    /** Whether the next batch is not read before those on their way are committed. */
    protected boolean waitsForOthers() {
        return false;
    }

    /** The number of the batch that is being read, or was read last. */
    protected final int place() {
        return place;
    }

    /** The batch is with the writers: {@link #written} or {@link #notWritten} gives its place back. */
    public final void handOn() {
        handedOn = true;
    }

    /** Gives the place back of a batch that did not get to the writers; the next one takes its number. */
    public final void leavePlace() {
        if (!handedOn) {
            handedOn = true;
            ended(place);
            inFlight.withdraw();
        }
    }

    /** A batch is committed. @param rows of its statement: one, with the counts */
    public final void written(List<Map<String, Object>> rows, int sequence) {
        requireRunning(rows.isEmpty() ? null : rows.get(0));
        tally.addAll(rows.get(0));
        tally.add("batches", 1);
        ended(sequence);
        inFlight.end(sequence);
    }

    /** @param row of a statement that writes as this run; null if it is not running any more */
    protected static void requireRunning(Map<String, Object> row) {
        if (row == null) {
            throw new FatalFailure("The run is no longer running in ops.runs: another process took it for dead.");
        }
    }

    /** A batch left this process, and is committed elsewhere: {@link #written} or {@link #notWritten} says so later. */
    public final void away(int sequence) {
        inFlight.end(sequence);
    }

    /** Batches that are read, and neither committed nor away. */
    public final int inHand() {
        return inFlight.count();
    }

    /** A batch could not be committed. @param cause null if it was not waited for because of a stop */
    public final void notWritten(Throwable cause, int sequence) {
        lost = true;
        failure.compareAndSet(null, Cause.of(cause)); // a stop is no excuse: what was read is not committed
        ended(sequence);
        inFlight.end(sequence);
    }

    /** A batch is committed, or never will be. */
    protected void ended(int sequence) {
        // nobody waits for it
    }

    /** Lets go of what it reads. */
    public void close() throws IOException {
        // most read nothing that has to be closed
    }

    /** Waits until nothing is on its way any more. */
    public final void awaitWritten() {
        inFlight.awaitNone();
    }

    /** Makes it end as failed; what comes after the first failure, or because of a stop, is a consequence. */
    public final void fail(Throwable cause) {
        Throwable known = cause == null ? new FatalFailure("The run failed for an unknown reason.") : Cause.of(cause);
        if (!isStopping()) {
            failure.compareAndSet(null, known);
        }
    }

    /** What went wrong first; null if nothing did. */
    public final Throwable failure() {
        return failure.get();
    }

    public final boolean isFailed() {
        return failure.get() != null;
    }

    /** Whether every batch that was on its way has been committed. */
    protected final boolean isAllWritten() {
        return !lost;
    }

    /** Ends it after the batches under way; the next run goes on from there. */
    public final void stop() {
        stop.countDown();
    }

    /** The same because its process ends: another node may go on with it at once. */
    final void handOver() {
        isHandedOver = true;
        stop();
    }

    final boolean isHandedOver() {
        return isHandedOver;
    }

    /** Opens when it is to end: what waits for something else may wait for this instead. */
    protected final CountDownLatch stopSignal() {
        return stop;
    }

    public final boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Adds what the operator should know of a run that did not fail. */
    public final void note(String text) {
        note = note == null ? text : note + " " + text;
    }

    /** Bytes read of what it reads. */
    public long read() {
        return 0;
    }

    /** Bytes there are to read; 0 where nobody knows. */
    public long toRead() {
        return 0;
    }

    /** What it is at once all is read, in one word; null while it reads. */
    public String phase() {
        return null;
    }

    /** Whether the end of what it reads was reached cleanly. */
    protected abstract boolean isAtEnd();

    /** Whether it came to an end that is not proven to be the end of what it reads; its note says why. */
    protected boolean isPartial() {
        return false;
    }

    /** Whether it has seen all of its scope and nothing was lost on the way. */
    public abstract boolean isComplete();

    /** What names the place it reads from, for an error: a setting, a file. */
    protected abstract String reads();

    /** Where it stands, as the ledger keeps it; null at the beginning. */
    protected abstract String cursor();

    /** What comes after a failure of it, for the log. */
    protected String next(Throwable cause) {
        if (cause instanceof PermanentFailure) {
            return "the next one fails too, until the cause is fixed";
        }
        return cursor() == null ? "the next one starts over" : "the next one resumes from its cursor";
    }

    /** What comes once a server that failed it is well again. */
    public String resumption() {
        return RESUMES;
    }

    /** How it ended, for the ledger. */
    public RunEnd end() {
        Throwable cause = failure.get();
        boolean stopped = isStopping() && (!isAtEnd() || lost);
        long unlisted = tally.get("unlisted");
        if (unlisted > 0) {
            note("%,d of the %,d rejected records are counted only; of each reason the first 1,000 are kept."
                    .formatted(unlisted, tally.get("rejected")));
        }
        String status = cause != null ? "failed" : stopped ? "stopped" : isPartial() ? "partial" : "succeeded";
        return new RunEnd(this, status, isComplete() && !stopped, cause, note);
    }
}
