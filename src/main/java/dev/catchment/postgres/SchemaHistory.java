package dev.catchment.postgres;

import dev.catchment.postgres.Schema.Step;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** What was applied to a database, by this program or another, and what is still to be. */
final class SchemaHistory {
    private static final String NEWER = "The schema is newer than this program: step %s was applied by a newer one, and"
            + " this one knows the steps up to %s. It could damage what it does not know, so nothing was done. Run"
            + " the newer Catchment; or, with it, 'catchment schema down --to %d', which takes the data of what it"
            + " undoes.";
    private static final String FOREIGN = "Step %s was applied by another Catchment and this one does not know how to"
            + " undo it, so nothing was done. Run the Catchment that applied it.";

    private final Flyway flyway;

    SchemaHistory(Flyway flyway) {
        this.flyway = flyway;
    }

    List<Step> all() {
        return steps(info().all());
    }

    /** @throws Database.Unusable if a program that knew more than this one has applied a step */
    List<Step> pending() {
        MigrationInfoService info = info();
        refuseNewer(info);
        return steps(info.pending());
    }

    private static List<Step> steps(MigrationInfo[] infos) {
        return Arrays.stream(infos).map(SchemaHistory::step).toList();
    }

    /** Reads every file and what was applied, which takes a while: once for a question. */
    private MigrationInfoService info() {
        try {
            return flyway.info();
        } catch (FlywayException e) {
            throw SchemaFailureText.unusable("The schema cannot be read", e);
        }
    }

    /** @throws Database.Unusable if a program that knew more than this one has applied a step */
    void refuseNewer() {
        refuseNewer(info());
    }

    private static void refuseNewer(MigrationInfoService service) {
        List<MigrationInfo> versions = Arrays.stream(service.all())
                .filter(info -> info.getVersion() != null)
                .toList();
        versions.stream().filter(SchemaHistory::isUnknown).findFirst().ifPresent(unknown -> {
            String last = versions.stream()
                    .filter(info -> info.getState().isResolved())
                    .map(info -> info.getVersion().getVersion())
                    .reduce("0", (earlier, later) -> later);
            throw new Database.Unusable(NEWER.formatted(name(unknown), last, Integer.parseInt(last)), null);
        });
    }

    /** Whether it was applied by a program that knew more than this one. */
    private static boolean isUnknown(MigrationInfo info) {
        return info.getState().isApplied() && !info.getState().isResolved();
    }

    private static String name(MigrationInfo info) {
        return "%s (%s)".formatted(info.getVersion(), info.getDescription());
    }

    /** As {@link Schema#undoable}. */
    List<Step> undoable(Integer target) {
        List<MigrationInfo> applied = Arrays.stream(info().applied())
                .filter(info -> info.getVersion() != null && info.getScript().startsWith("V"))
                .sorted(Comparator.comparing(MigrationInfo::getVersion).reversed())
                .toList();
        if (target != null && target > 0 && applied.stream().noneMatch(info -> number(info) == target)) {
            throw new IllegalArgumentException(
                    "Step %d is not applied, so it cannot be the last one kept. 'catchment schema status' lists the steps."
                            .formatted(target));
        }
        List<MigrationInfo> undone = applied.stream()
                .filter(info -> target == null || number(info) > target)
                .limit(target == null ? 1 : Long.MAX_VALUE)
                .toList();
        undone.stream().filter(SchemaHistory::isUnknown).findFirst().ifPresent(unknown -> {
            throw new Database.Unusable(FOREIGN.formatted(name(unknown)), null);
        });
        return undone.stream().map(SchemaHistory::step).toList();
    }

    private static int number(MigrationInfo info) {
        return info.getVersion().getMajor().intValue();
    }

    private static Step step(MigrationInfo info) {
        String version = info.getVersion() == null ? null : info.getVersion().getVersion();
        return new Step(
                version,
                info.getDescription(),
                info.getScript(),
                info.getState().getDisplayName());
    }
}
