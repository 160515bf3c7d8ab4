package dev.catchment.postgres;

import dev.catchment.postgres.connection.Statement;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.postgres.rows.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * Runs a statement file as one step of a route: {@code statement:catalog/list-agencies}.
 *
 * <p>{@code with} is an expression in the simple language that gives the parameters as a map; without it they are the
 * body, if that is a map. {@code rows} is {@code all}, a list of maps (the default); {@code one}: the row as a map, null
 * if there is none; or {@code stream}: {@link RowStream}, whose taker closes it; then {@code snapshot} may be an expression
 * that gives the {@link Snapshot} to read from. With
 * {@code optional=true} a parameter that is not given is null, and is an error otherwise. The rows replace the message: no header is left of it, and none of what was there before.
 */
public final class StatementComponent extends DefaultComponent {
    private static final List<String> FORMS = List.of("all", "one", "stream");

    private final DataSource dataSource;
    private Path edited;

    public StatementComponent(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The same, with each statement read anew whenever it runs. @param home whose {@code sql/statements} has them; null: not so */
    public StatementComponent editedIn(Path home) {
        edited = home == null ? null : home.resolve("sql/statements");
        return this;
    }

    Statement statement(String name) {
        return edited == null ? Statement.load(name) : Statement.load(edited, name);
    }

    boolean isEdited() {
        return edited != null;
    }

    /** @throws IllegalArgumentException if there is no such statement, so that no route starts that names it */
    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> options) {
        String with = getAndRemoveParameter(options, "with", String.class);
        String rows = getAndRemoveParameter(options, "rows", String.class, "all");
        if (!FORMS.contains(rows)) {
            throw new IllegalArgumentException("rows=%s of statement:%s is none of %s.".formatted(rows, name, FORMS));
        }
        String snapshot = getAndRemoveParameter(options, "snapshot", String.class);
        if (snapshot != null && !rows.equals("stream")) {
            throw new IllegalArgumentException("statement:%s reads a snapshot: its rows are a stream.".formatted(name));
        }
        boolean isOptional = getAndRemoveParameter(options, "optional", Boolean.class, false);
        return new StatementEndpoint(uri, this, statement(name), with, rows, snapshot, isOptional);
    }

    DataSource dataSource() {
        return dataSource;
    }
}
