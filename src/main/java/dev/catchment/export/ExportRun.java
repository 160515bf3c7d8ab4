package dev.catchment.export;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunStart;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An export while it is written: it is all of one moment, and nothing until it is published. */
abstract class ExportRun extends ActiveRun {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String next;

    /** @param next what the next export does after one that was interrupted */
    ExportRun(RunStart start, String next) {
        super(start, 1);
        this.next = next;
    }

    /** By which exports are sorted by age. */
    final String name(Instant takenAt) {
        return "%s-%d".formatted(NAME.format(takenAt), start().run());
    }

    final void requireGoingOn() {
        if (isStopping()) {
            throw new TransientFailure("The export was stopped.");
        }
    }

    abstract boolean hasPublished();

    @Override
    protected final boolean isAtEnd() {
        return hasPublished();
    }

    @Override
    public final boolean isComplete() {
        return hasPublished() && !isFailed();
    }

    @Override
    protected final String reads() {
        return "the catalogue";
    }

    @Override
    protected final String cursor() {
        return null;
    }

    @Override
    protected final String next(Throwable cause) {
        return cause instanceof PermanentFailure ? super.next(cause) : next;
    }

    @Override
    public final String resumption() {
        return next;
    }
}
