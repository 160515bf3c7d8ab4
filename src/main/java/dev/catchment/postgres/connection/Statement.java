package dev.catchment.postgres.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One statement file. Parameters are written {@code :?name}; each is given by its name, however often it stands there.
 *
 * @param name {@code <room>/<verb>-<object>}
 * @param sql the statement with a {@code ?} for each parameter
 * @param parameters their names in the order of the question marks
 */
public record Statement(String name, String sql, List<String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    public static Statement load(String name) {
        String file = "/sql/statements/" + name + ".sql";
        try (InputStream in = Statement.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no statement " + file);
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same from a folder, as it is now. */
    public static Statement load(Path folder, String name) {
        try {
            return parse(name, Files.readString(folder.resolve(name + ".sql")));
        } catch (IOException e) {
            throw new IllegalArgumentException("The statement %s cannot be read from %s.".formatted(name, folder), e);
        }
    }

    public static Statement parse(String name, String text) {
        List<String> parameters = PARAMETER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(found -> found.substring(2))
                .toList();
        return new Statement(name, PARAMETER.matcher(text).replaceAll("?"), parameters);
    }

    /** Runs it and gives its rows, each by column label; an unnamed parameter is null. */
    public List<Map<String, Object>> rows(Connection connection, Map<String, ?> values) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        eachRow(connection, values, rows::add);
        return rows;
    }

    /** Runs it and hands on its rows; in a transaction they come a few hundred at a time, however many there are. */
    public void eachRow(Connection connection, Map<String, ?> values, Consumer<Map<String, Object>> take)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, values)) {
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    take.accept(row(result));
                }
            }
        }
    }

    /** With its parameters set, and its rows to be fetched a few hundred at a time. */
    public PreparedStatement prepare(Connection connection, Map<String, ?> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(200);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, values.get(parameters.get(i)));
        }
        return statement;
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i), result.getObject(i));
        }
        return row;
    }
}
