package dev.catchment.names.format;

import dev.catchment.names.file.Row;
import dev.catchment.names.file.Sheet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds its way at the top of a sheet by words, never by counting rows. */
public record SheetHead(List<Row> rows) {

    public static SheetHead of(Sheet sheet) throws IOException {
        return new SheetHead(sheet.head());
    }

    /** The first cell that says so. */
    public Optional<Matcher> find(Pattern words) {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(words::matcher)
                .filter(Matcher::find)
                .findFirst();
    }

    /** The first row with a run of cells that each match, in this order. */
    public Optional<Row> header(Pattern... cells) {
        return rows.stream().filter(row -> !runs(row, cells).isEmpty()).findFirst();
    }

    /** Where in the row such runs begin. */
    public static List<Integer> runs(Row row, Pattern... cells) {
        return IntStream.rangeClosed(0, row.cells().size() - cells.length)
                .filter(start -> IntStream.range(0, cells.length)
                        .allMatch(i -> cells[i].matcher(row.cell(start + i)).matches()))
                .boxed()
                .toList();
    }

    /** The rows above the header, from the nearest up. */
    public List<Row> above(Row header) {
        List<Row> above = new ArrayList<>();
        for (Row row : rows.subList(0, rows.indexOf(header))) {
            above.add(0, row);
        }
        return above;
    }
}
