package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunStart;
import java.util.List;
import java.util.Map;

/** A plan while it is applied, in a run of the same scope as a walk, so that the two never meet. */
public abstract class PlannedRun extends ActiveRun {
    private final String plan;
    private final String source;
    private boolean isDone;

    /** @param source that the plan is of */
    protected PlannedRun(RunStart start, String plan, String source) {
        super(start, 1);
        this.plan = plan;
        this.source = source;
    }

    /**
     * The plan that is to be applied.
     *
     * @param named as it was asked for
     * @param found rows of the statement that finds it: run, name (of its source), is_complete, is_applied, applied_run
     * @throws IllegalArgumentException if there is no such plan, or it cannot be applied
     */
    public static Map<String, Object> one(String named, List<Map<String, Object>> found) {
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "There is no plan %s. 'catchment plan --source S' makes one.".formatted(named)
                            : "%d plans begin with %s: name one by its id.".formatted(found.size(), named));
        }
        Map<String, Object> row = found.get(0);
        if (Boolean.TRUE.equals(row.get("is_applied"))) {
            throw new IllegalArgumentException("The plan %s was applied by run %s already. Nothing was written."
                    .formatted(named, row.get("applied_run")));
        }
        if (!Boolean.TRUE.equals(row.get("is_complete"))) {
            throw new IllegalArgumentException(
                    "The plan %s cannot be applied, for its walk (run %s) was not complete. Plan again: catchment plan --source %s"
                            .formatted(named, row.get("run"), row.get("name")));
        }
        return row;
    }

    /** @throws PermanentFailure if the plan is refused @param row of the statement that begins to apply it */
    protected final void requireAllowed(Map<String, Object> row) {
        requireRunning(row);
        if (Boolean.TRUE.equals(row.get("is_refused"))) {
            throw new PermanentFailure(
                    "The plan %s was refused, and nothing was written: what %s holds is not what it held when it was planned, or the plan was applied before. Plan again: catchment plan --source %s"
                            .formatted(plan, source, source));
        }
    }

    /** All of it is written. */
    protected final void finish() {
        isDone = true;
    }

    @Override
    protected final boolean isAtEnd() {
        return isDone;
    }

    @Override
    public final boolean isComplete() {
        return isDone && !isFailed();
    }

    @Override
    protected final String next(Throwable cause) {
        return cause instanceof PermanentFailure
                ? "it has to be planned again"
                : "applying it again goes on with what is missing";
    }
}
