package dev.catchment.postgres;

import dev.catchment.postgres.connection.Statement;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.postgres.rows.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;

/** One statement at one step of a route. */
final class StatementEndpoint extends DefaultEndpoint {
    private final StatementComponent component;
    private Statement statement;
    private final Expression with;
    private final String rows;
    private final Expression snapshot;
    private final boolean isOptional;

    /**
     * @param with the parameters as an expression; null if they are the body
     * @param snapshot to read from, as an expression; null for what there is now
     */
    StatementEndpoint(
            String uri,
            StatementComponent component,
            Statement statement,
            String with,
            String rows,
            String snapshot,
            boolean isOptional) {
        super(uri, component);
        this.component = component;
        this.statement = statement;
        this.rows = rows;
        this.isOptional = isOptional;
        this.with = simple(with);
        this.snapshot = simple(snapshot);
    }

    private Expression simple(String text) {
        if (text == null) {
            return null;
        }
        Expression expression =
                component.getCamelContext().resolveLanguage("simple").createExpression(text);
        expression.init(component.getCamelContext());
        return expression;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws SQLException {
                if (component.isEdited()) {
                    statement = component.statement(statement.name());
                }
                Message answer = new DefaultMessage(exchange.getContext());
                answer.setBody(result(exchange, parameters(exchange)));
                exchange.setMessage(answer);
            }
        };
    }

    private Map<String, Object> parameters(Exchange exchange) {
        Object given = with == null ? exchange.getMessage().getBody() : with.evaluate(exchange, Object.class);
        if (with == null && !(given instanceof Map)) {
            given = Map.of();
        }
        if (!(given instanceof Map<?, ?> named)) {
            throw new IllegalArgumentException("The parameters of statement:%s are no map but %s."
                    .formatted(statement.name(), given == null ? "null" : given.getClass()));
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> parameters = (Map<String, Object>) named;
        for (String parameter : statement.parameters()) {
            if (!isOptional && !parameters.containsKey(parameter)) {
                throw new IllegalArgumentException("statement:%s takes the parameter %s, which is not given."
                        .formatted(statement.name(), parameter));
            }
        }
        return parameters;
    }

    private Object result(Exchange exchange, Map<String, Object> parameters) throws SQLException {
        if (snapshot != null) {
            return RowStream.open(snapshot.evaluate(exchange, Snapshot.class), statement, parameters);
        }
        if (rows.equals("stream")) {
            RowStream stream = RowStream.open(component.dataSource(), statement, parameters);
            exchange.getExchangeExtension().addOnCompletion(new ClosedOnFailure(stream));
            return stream;
        }
        List<Map<String, Object>> found;
        try (Connection connection = component.dataSource().getConnection()) {
            // The statement is the transaction: one that is still to be committed would hold its locks for as long as a
            // process
            // is paused, or cut off.
            found = statement.rows(connection, parameters);
        }
        if (rows.equals("all")) {
            return found;
        }
        if (found.size() > 1) {
            throw new IllegalStateException(
                    "statement:%s gave %d rows where one is due.".formatted(statement.name(), found.size()));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** What failed before somebody took the rows gives their connection back: there are few. */
    private static final class ClosedOnFailure extends SynchronizationAdapter {
        private final RowStream stream;

        ClosedOnFailure(RowStream stream) {
            this.stream = stream;
        }

        @Override
        public void onDone(Exchange exchange) {
            // A failure that a route answers leaves no other trace.
            if (exchange.isFailed() || exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null) {
                stream.close();
            }
        }
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("A statement is a step of a route, not its beginning.");
    }
}
