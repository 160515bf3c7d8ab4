package dev.catchment.harvest;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Work on what is held of a source, without asking it: deciding on a retirement, mapping anew, undoing a run, removing
 * the source. It is a run of the same scope as a walk, so that the two never meet.
 */
public final class SourceJob extends ActiveRun {
    /** Records mapped, or datasets retired, in one transaction. */
    private static final int MOST = 1000;

    private final Order order;
    private boolean isDone;
    private String place;
    private long first;
    private long second;

    /** What a job does; its name is that of the mode of its run. */
    public enum Task {
        CONFIRM,
        DISMISS,
        REMAP,
        UNDO,
        SPLIT,
        REMOVE
    }

    /**
     * What is asked for.
     *
     * @param id of the source
     * @param undone the run, or the rename, that is to be undone
     * @param trigger what asked for it: cli, api, web
     */
    public record Order(Task task, long id, String source, String kind, Long undone, String trigger) {
        /** @param row of a source: source_id, name, kind */
        public static Order of(Task task, Map<String, Object> row, Long undone, String trigger) {
            return new Order(
                    task,
                    ((Number) row.get("source_id")).longValue(),
                    (String) row.get("name"),
                    (String) row.get("kind"),
                    undone,
                    trigger);
        }

        /** @param found rows of {@code harvest/find-undoable-run} @throws IllegalArgumentException if there is none */
        public static Order undoing(long run, List<Map<String, Object>> found, String trigger) {
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "Run %d is no run of a source that is over: 'catchment runs' lists them.".formatted(run));
            }
            return of(Task.UNDO, found.get(0), run, trigger);
        }

        public RunOrder run() {
            String mode = task.name().toLowerCase(java.util.Locale.ROOT);
            return new RunOrder(HarvestWalks.ROOM, HarvestWalks.FLOW, source, trigger, mode, false, null);
        }

        public boolean isDecision() {
            return task == Task.CONFIRM || task == Task.DISMISS;
        }

        public boolean isSplit() {
            return task == Task.SPLIT;
        }

        public boolean isRemap() {
            return task == Task.REMAP;
        }

        public boolean isRemoval() {
            return task == Task.REMOVE;
        }
    }

    public SourceJob(Order order, RunStart start) {
        super(start, 1);
        this.order = order;
    }

    public boolean hasMore() {
        return !isDone && !isStopping() && !isFailed();
    }

    /** The parameters of its statement. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start().run());
        parameters.put("source", order.id());
        parameters.put("is_confirmed", order.task() == Task.CONFIRM);
        parameters.put("undone", order.undone());
        parameters.put("rename", order.undone());
        parameters.put("after_key", place);
        parameters.put("most", MOST);
        parameters.put("now", null);
        return parameters;
    }

    /** Takes in what its statement did. @param row null if nothing was there to be done, or it is not running any more */
    public void take(Map<String, Object> row) {
        if (row == null && order.isDecision()) {
            throw new PermanentFailure("Nothing of %s is held back: 'catchment sources show %s' says how it is doing."
                    .formatted(order.source(), order.source()));
        }
        requireRunning(row);
        switch (order.task()) {
            case REMAP -> mapped(row);
            case UNDO -> undone(row);
            case SPLIT -> split(row);
            case REMOVE -> removed(row);
            default ->
                note("%,d datasets were retired, and %,d stay.".formatted(number(row, "retired"), number(row, "kept")));
        }
        isDone = switch (order.task()) {
            case REMAP -> place == null;
            case REMOVE -> Boolean.TRUE.equals(row.get("is_removed"));
            default -> true;
        };
    }

    private void mapped(Map<String, Object> row) {
        first += number(row, "mapped");
        second += number(row, "unmappable");
        place = (String) row.get("last_key");
        if (place == null) {
            note("%,d records were read otherwise by the mapping of today; %,d could not be mapped."
                    .formatted(first, second));
        }
    }

    private void undone(Map<String, Object> row) {
        if (row.get("standing") != null) {
            throw new PermanentFailure(
                    "Run %d cannot be undone, for later runs stand on it: %s. Undo them first, the last one first."
                            .formatted(order.undone(), row.get("standing")));
        }
        if ((boolean) row.get("is_forgotten")) {
            throw new PermanentFailure(
                    "Run %d cannot be undone: what it changed is not kept any more as it was (harvest.history.keep, harvest.history.quota)."
                            .formatted(order.undone()));
        }
        note(
                "Of what run %d did, %,d changes and %,d renames were undone, and %,d datasets that it had added were retired."
                        .formatted(
                                order.undone(),
                                number(row, "changed"),
                                number(row, "renamed"),
                                number(row, "retired")));
    }

    private void split(Map<String, Object> row) {
        if (number(row, "undone") == 0) {
            throw new PermanentFailure(
                    "The rename %d cannot be undone: it was undone before, or its old key is that of another dataset by now."
                            .formatted(order.undone()));
        }
        note(
                "The dataset has its old key again; the record of the new one gets a dataset of its own with the next walk.");
    }

    private void removed(Map<String, Object> row) {
        first += number(row, "retired");
        if (Boolean.TRUE.equals(row.get("is_removed"))) {
            note("%s was removed, and %,d datasets of it were retired; their history stays."
                    .formatted(order.source(), first));
        }
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    @Override
    protected boolean isAtEnd() {
        return isDone;
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    protected String reads() {
        return order.source();
    }

    @Override
    protected String cursor() {
        return place;
    }
}
