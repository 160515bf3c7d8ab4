package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.Sheet;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.SheetHead;
import dev.catchment.names.format.SheetTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Northern Ireland, all years in one workbook: tables 1 and 2 have three columns a year, {@code Name, Number of Babies,
 * Rank}, each year with its own order of names. Tables 3 and 4 look like counts and are ranks.
 */
final class GbNisra implements Format {
    private static final Pattern TITLE = Pattern.compile("(?i)first forenames given to baby (boys|girls)\\b");
    private static final Pattern COUNTRY = Pattern.compile("(?i)northern ireland");
    private static final Pattern NAME = Pattern.compile("(?i)(?:((?:19|20)\\d\\d) )?name");
    private static final Pattern COUNT = Pattern.compile("(?i)number of babies");
    private static final Pattern RANK = Pattern.compile("(?i)rank");
    private static final int WIDTH = 3;

    @Override
    public String name() {
        return "gb_nisra";
    }

    @Override
    public String source() {
        return "gb-nisra";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        List<SheetTable> tables = tables(file);
        if (!tables.isEmpty()) {
            return List.of(new Publication(name(), source(), null, null, null, SheetTable.gender(tables)));
        }
        for (Sheet sheet : file.sheets()) {
            SheetHead head = SheetHead.of(sheet);
            if (head.find(TITLE).isPresent() && head.find(COUNTRY).isPresent()) {
                throw new PermanentFailure("The workbook of Northern Ireland has no table with the number of babies, "
                        + "only ranks: there is nothing to load. Load the full name list with tables 1 and 2.");
            }
        }
        return List.of();
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        return SheetTable.entries(tables(file));
    }

    private static List<SheetTable> tables(NamesFile file) throws IOException {
        List<SheetTable> tables = new ArrayList<>();
        for (Sheet sheet : file.sheets()) {
            SheetHead head = SheetHead.of(sheet);
            Optional<Matcher> title = head.find(TITLE);
            Optional<Row> header = head.header(NAME, COUNT, RANK);
            if (title.isPresent() && header.isPresent() && head.find(COUNTRY).isPresent()) {
                Gender gender = Gender.of(title.get().group(1)).orElseThrow();
                tables.add(new SheetTable(sheet, header.get(), -1, true, columns(head, header.get(), gender)));
            }
        }
        return tables;
    }

    private static List<SheetTable.Column> columns(SheetHead head, Row header, Gender gender) {
        List<SheetTable.Column> columns = SheetHead.runs(header, NAME, COUNT, RANK).stream()
                .map(at -> new SheetTable.Column(year(head, header, at), gender, at, at + 1))
                .toList();
        if (columns.stream().map(SheetTable.Column::year).distinct().count() < columns.size()) {
            throw new PermanentFailure(
                    "A year has two blocks of columns, see " + header.position() + ". Remove the wrong one.");
        }
        return columns;
    }

    /** In the header itself (1997 Name), or in a cell of its own above the block. */
    private static int year(SheetHead head, Row header, int at) {
        Matcher name = NAME.matcher(header.cell(at));
        if (name.matches() && name.group(1) != null) {
            return Integer.parseInt(name.group(1));
        }
        return head.above(header).stream()
                .flatMap(row -> IntStream.range(at, at + WIDTH).mapToObj(row::cell))
                .map(Cells::year)
                .filter(year -> year > 0)
                .findFirst()
                .orElseThrow(() -> new PermanentFailure(
                        "No year stands above column " + (at + 1) + " of " + header.position() + ". Write it there."));
    }
}
