package dev.catchment.catalog;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunStart;
import java.util.List;
import java.util.Map;

/** A crawl being undone, in one statement. */
public final class Undoing extends ActiveRun {
    private final UndoOrder order;
    private boolean isDone;

    private Undoing(RunStart start, UndoOrder order) {
        super(start, 1);
        this.order = order;
    }

    public static Undoing begin(RunStart start, UndoOrder order) {
        return new Undoing(start, order);
    }

    /** @param rows of {@code undo-run} @throws PermanentFailure if later runs stand on it, and says which; or if nothing is left to go back to */
    public void done(List<Map<String, Object>> rows) throws PermanentFailure {
        if (rows.isEmpty()) {
            throw new FatalFailure("The run is no longer running in ops.runs: another process took it for dead.");
        }
        Map<String, Object> row = rows.get(0);
        if (row.get("standing") != null) {
            throw new PermanentFailure(
                    "Run %d cannot be undone: later runs changed the same datasets (%s). Undo these first, the latest before the others."
                            .formatted(order.undone(), row.get("standing")));
        }
        if ((boolean) row.get("is_forgotten")) {
            throw new PermanentFailure(
                    "Run %d cannot be undone: what it changed is not kept any more as it was (catalog.history.keep)."
                            .formatted(order.undone()));
        }
        tally().add("updated", ((Number) row.get("changed")).longValue());
        tally().add("retired", ((Number) row.get("retired")).longValue());
        note("Run %d was undone.".formatted(order.undone()));
        isDone = true;
    }

    @Override
    protected boolean isAtEnd() {
        return isDone;
    }

    /** It saw nothing of its region. */
    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    protected String reads() {
        return "run " + order.undone();
    }

    @Override
    protected String cursor() {
        return null;
    }
}
