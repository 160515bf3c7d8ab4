package dev.catchment.export.file;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;

/**
 * Rows as columns, made by DuckDB of a file of lines. It works in memory of its own, outside of Java's, as much as it is given,
 * and beyond that in a folder beside the file.
 */
public final class ParquetFile {
    /** What PostgreSQL calls a type, and what it is in the file; all else is text. */
    private static final Map<String, String> TYPES = Map.of(
            "int2", "SMALLINT",
            "int4", "INTEGER",
            "int8", "BIGINT",
            "float8", "DOUBLE",
            "numeric", "DOUBLE",
            "bool", "BOOLEAN",
            "date", "DATE",
            "timestamptz", "TIMESTAMPTZ",
            "json", "JSON",
            "jsonb", "JSON");

    private final Map<String, String> columns;
    private final long memory;

    /**
     * @param columns name and type of each, as PostgreSQL has them
     * @param memory that it may use, in bytes
     */
    public ParquetFile(Map<String, String> columns, long memory) {
        this.columns = columns;
        this.memory = memory;
    }

    /** @param lines with the columns as fields, one object a line */
    public void write(Path lines, Path parquet) throws IOException {
        String script = script().replace("{memory}", String.valueOf(memory))
                .replace("{spill}", quoted(parquet.resolveSibling(".spill").toString()))
                .replace("{columns}", columns())
                .replace("{lines}", quoted(lines.toString()))
                .replace("{parquet}", quoted(parquet.toString()));
        try (Connection duck = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duck.createStatement()) {
            for (String step : script.split(";\n")) {
                statement.execute(step);
            }
        } catch (SQLException e) {
            throw new PermanentFailure(
                    "Parquet could not be written to %s: %s".formatted(parquet.getFileName(), firstLine(e)));
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String script() throws IOException {
        try (InputStream in = ParquetFile.class.getResourceAsStream("/export/write-parquet.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String columns() {
        return columns.entrySet().stream()
                .map(column -> quoted(column.getKey()) + ": " + quoted(type(column.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String type(String postgres) {
        return postgres.startsWith("_")
                ? TYPES.getOrDefault(postgres.substring(1), "VARCHAR") + "[]"
                : TYPES.getOrDefault(postgres, "VARCHAR");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
