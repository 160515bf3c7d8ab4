package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.Sheet;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.SheetHead;
import dev.catchment.names.format.SheetTable;
import dev.catchment.names.format.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * England and Wales, all years since 1996 in one workbook, a sheet a sex: {@code Name, 2024 Rank, 2024 Count, 2023 Rank …}.
 * Which sheet is whose changes between editions; its title tells. {@link GbOnsWideText} is the same as a text.
 */
final class GbOnsWideWorkbook implements Format {
    private static final Signature PLACE = Signature.of("england.and.wales|ons");
    private static final Pattern NAME = Pattern.compile("(?i)name");
    private static final Pattern RANK = Pattern.compile("(?i)(?:19|20)\\d\\d rank\\b.*");
    private static final Pattern COUNT = Pattern.compile("(?i)((?:19|20)\\d\\d) count\\b.*");

    @Override
    public String name() {
        return "gb_ons_wide";
    }

    @Override
    public String source() {
        return "gb-ons";
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
            throw new PermanentFailure("Two sheets of the workbook claim the same sex: " + genders
                    + ". Look at the titles of its sheets, and correct the wrong one.");
        }
        Gender gender = SheetTable.gender(tables);
        if (gender != null) {
            AgreedFact.gender(file.hints())
                    .by("the title", gender)
                    .by("the file's name", FileName.gender(file.name()))
                    .agreed();
        }
        return List.of(new Publication(name(), source(), null, null, null, gender));
    }

    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        Stream<String> titles = Stream.of(file.name());
        for (SheetTable table : tables(file)) {
            titles = Stream.concat(
                    titles,
                    SheetHead.of(table.sheet()).above(table.header()).stream().flatMap(row -> row.cells().stream()));
        }
        return PLACE.isIn(titles);
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
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
                .map(FileName::gender)
                .filter(Objects::nonNull)
                .reduce((lower, upper) -> upper)
                .orElseThrow(() -> new PermanentFailure("Sheet " + sheet.name()
                        + " does not say above its table whether it is of girls or boys. Write it there."));
    }

    private static List<SheetTable.Column> columns(Row header, Gender gender) {
        int name = SheetHead.runs(header, NAME, RANK, COUNT).get(0);
        List<SheetTable.Column> columns = IntStream.range(name, header.cells().size())
                .mapToObj(at -> column(header.cell(at), gender, name, at))
                .flatMap(Optional::stream)
                .toList();
        if (columns.stream().map(SheetTable.Column::year).distinct().count() < columns.size()) {
            throw new PermanentFailure(
                    "A year has two columns of counts, see " + header.position() + ". Remove the wrong one.");
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
