package dev.catchment.cli.session;

import dev.catchment.postgres.Database;
import java.util.Collections;
import java.util.Map;

/** A command that changes datasets: as the service does every minute, it makes them findable before it ends. */
public abstract class DatasetFlowCommand extends FlowCommand {
    @Override
    protected final void afterwards(Database database) {
        makeFindable(database);
    }

    /** Search, {@code diff}, {@code datasets show} and exports know what runs changed only after this. */
    public static void makeFindable(Database database) {
        if (!database.rows("harvest/merge-search-documents", Map.of()).isEmpty()) {
            database.rows("harvest/find-copies", Collections.singletonMap("now", null));
        }
        database.rows("harvest/publish-changes", Map.of());
    }
}
