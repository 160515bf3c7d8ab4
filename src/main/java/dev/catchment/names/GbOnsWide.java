package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * England and Wales, all years since 1996 in one workbook, a sheet a sex: {@code Name, 2024 Rank, 2024 Count, 2023 Rank …}.
 * Which sheet is whose changes between editions; its title tells.
 */
public final class GbOnsWide implements Format {
    private static final Pattern NAME = Pattern.compile("(?i)name");
    private static final Pattern RANK = Pattern.compile("(?i)(?:19|20)\\d\\d rank\\b.*");
    private static final Pattern COUNT = Pattern.compile("(?i)((?:19|20)\\d\\d) count\\b.*");
    private static final Pattern GIRLS = Pattern.compile("(?i)\\bgirls\\b");
    private static final Pattern BOYS = Pattern.compile("(?i)\\bboys\\b");

    @Override
    public String name() {
        return "gb_ons_wide";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        List<SheetTable> tables = tables(file);
        if (tables.isEmpty()) {
            return List.of();
        }
        List<Gender> genders =
                tables.stream().map(table -> table.columns().get(0).gender()).toList();
        if (genders.stream().distinct().count() < genders.size()) {
            throw new PermanentFailure("Two sheets of the workbook say they are of the same sex: " + genders
                    + ". Nothing was loaded; look at the titles of its sheets.");
        }
        Gender only = genders.size() == 1 ? genders.get(0) : null;
        return List.of(Agreement.checked(file, new Publication(name(), "gb-ons", null, null, null, only)));
    }

    @Override
    public Stream<Entry> read(NamesFile file, Publication publication) throws IOException {
        return SheetTable.entries(tables(file));
    }

    private static List<SheetTable> tables(NamesFile file) throws IOException {
        List<SheetTable> tables = new ArrayList<>();
        for (Sheet sheet : file.sheets()) {
            SheetHead head = SheetHead.of(sheet);
            Optional<Row> header = head.header(NAME, RANK, COUNT);
            if (header.isPresent()) {
                tables.add(new SheetTable(
                        sheet, header.get(), -1, true, columns(header.get(), gender(sheet, head.above(header.get())))));
            }
        }
        return tables;
    }

    /** Of the first cell above the header that speaks of one of the two. */
    private static Gender gender(Sheet sheet, List<Row> above) {
        return above.stream()
                .flatMap(row -> row.cells().stream())
                .filter(cell -> GIRLS.matcher(cell).find() != BOYS.matcher(cell).find())
                .map(cell -> GIRLS.matcher(cell).find() ? Gender.F : Gender.M)
                .reduce((lower, upper) -> upper)
                .orElseThrow(() -> new PermanentFailure("Sheet " + sheet.name()
                        + " does not say above its table whether it is of girls or boys. Nothing was loaded."));
    }

    private static List<SheetTable.Column> columns(Row header, Gender gender) {
        int name = SheetHead.runs(header, NAME, RANK, COUNT).get(0);
        List<SheetTable.Column> columns = IntStream.range(name, header.cells().size())
                .mapToObj(at -> column(header.cell(at), gender, name, at))
                .flatMap(Optional::stream)
                .toList();
        if (columns.stream().map(SheetTable.Column::year).distinct().count() < columns.size()) {
            throw new PermanentFailure("A year has two columns of counts, see " + header.position() + ".");
        }
        return columns;
    }

    private static Optional<SheetTable.Column> column(String cell, Gender gender, int name, int at) {
        Matcher count = COUNT.matcher(cell);
        return count.matches()
                ? Optional.of(new SheetTable.Column(Integer.valueOf(count.group(1)), gender, name, at))
                : Optional.empty();
    }
}
