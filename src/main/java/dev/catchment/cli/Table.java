package dev.catchment.cli;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Rows as a table for a terminal: the columns asked for, each as wide as its widest value. */
final class Table {
    private Table() {}

    /** Rows for a terminal, or one JSON object each. @param nothing what is said to people if there is none */
    static void print(
            PrintWriter out, List<Map<String, Object>> rows, boolean json, String nothing, String... columns) {
        if (json) {
            rows.forEach(row -> out.println(Summary.write(row)));
        } else {
            out.print(rows.isEmpty() ? nothing : of(rows, columns));
        }
        out.flush();
    }

    static String of(List<Map<String, Object>> rows, String... columns) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(columns));
        for (Map<String, Object> row : rows) {
            List<String> line = new ArrayList<>();
            for (String column : columns) {
                line.add(cell(row.get(column)));
            }
            lines.add(line);
        }
        int[] widths = new int[columns.length];
        lines.forEach(line -> {
            for (int i = 0; i < columns.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder table = new StringBuilder();
        lines.forEach(line -> table.append(line(line, widths)).append('\n'));
        return table.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String cell(Object value) {
        if (value instanceof Date moment) {
            return moment.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
        }
        return value == null ? "" : value.toString();
    }
}
