package dev.catchment.cli.output;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows as a table for a terminal: the columns asked for, each as wide as its widest value. */
public final class Table {
    private static final int GAP = 2;
    /** What is cut stays this long, so that it can be told from its like. */
    private static final int SHORTEST = 8;

    private Table() {}

    /** Rows for a terminal, or one JSON object each. @param nothing what is said to people if there is none */
    public static void print(
            PrintWriter out, List<Map<String, Object>> rows, boolean json, String nothing, String... columns) {
        if (json) {
            rows.forEach(row -> out.println(Summary.write(row)));
        } else {
            out.print(rows.isEmpty() ? nothing : of(rows, columns));
        }
        out.flush();
    }

    public static String of(List<Map<String, Object>> rows, String... columns) {
        return fitted(rows, Integer.MAX_VALUE, List.of(), columns);
    }

    /** The same within so many characters, if cutting long words helps. @param cut columns of them, the first first */
    public static String fitted(List<Map<String, Object>> rows, int width, List<String> cut, String... columns) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(columns));
        rows.forEach(row -> lines.add(
                Stream.of(columns).map(column -> cell(row.get(column))).toList()));
        int[] widths = new int[columns.length];
        lines.forEach(line -> {
            for (int i = 0; i < columns.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        int over = IntStream.of(widths).sum() + GAP * (columns.length - 1) - width;
        for (String column : cut) {
            int i = List.of(columns).indexOf(column);
            int less = Math.max(0, Math.min(over, widths[i] - Math.max(SHORTEST, column.length())));
            widths[i] -= less;
            over -= less;
        }
        StringBuilder table = new StringBuilder();
        lines.forEach(line -> table.append(line(line, widths)).append('\n'));
        return table.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String shown = cell.length() <= widths[i] ? cell : cell.substring(0, widths[i] - 1) + "…";
            line.append(shown).append(" ".repeat(widths[i] - shown.length() + GAP));
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
