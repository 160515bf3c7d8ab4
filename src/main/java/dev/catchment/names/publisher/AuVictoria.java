package dev.catchment.names.publisher;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.Cells;
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
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Victoria, the hundred most given names of a year, boys beside girls, in six layouts: which half is whose stands in the
 * header ({@code Name - Male}) or in a band above it, the year in a title, the name of the sheet or of the file.
 */
final class AuVictoria implements Format {
    private static final Signature SIGNATURE = Signature.of(
            "victorian?",
            "2008 F MIA 489",
            "2008 M WILLIAM 574",
            "2019 F OLIVIA 419",
            "2019 M OLIVER 537",
            "2020 F CHARLOTTE 413",
            "2020 M OLIVER 546",
            "2023 F AMELIA 333",
            "2023 M OLIVER 514");

    private static final Pattern NAME = Pattern.compile("(?i)(?:given )?name(?: - (male|female))?");
    private static final Pattern COUNT = Pattern.compile("(?i)count");
    private static final Pattern YEAR = Pattern.compile("(?i)year");

    @Override
    public String name() {
        return "au_vic";
    }

    @Override
    public String source() {
        return "au-vic";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        Optional<SheetTable> table = table(file);
        if (table.isEmpty()) {
            return List.of();
        }
        Integer year = table.get().columns().get(0).year();
        return List.of(new Publication(name(), source(), null, null, year, null));
    }

    /** Two halves side by side are anybody's. */
    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        Stream<String> titles = Stream.of(file.name());
        for (Sheet sheet : file.sheets()) {
            titles =
                    Stream.concat(titles, Stream.concat(Stream.of(sheet.name()), titles(SheetHead.of(sheet)).stream()));
        }
        return SIGNATURE.isIn(titles) || !found.isEmpty() && SIGNATURE.isBorneOutBy(read(file, found.get(0)));
    }

    /** What stands above the names; a child may be called Victoria. */
    private static List<String> titles(SheetHead head) {
        return head.header(NAME, COUNT).stream()
                .flatMap(header -> head.above(header).stream())
                .flatMap(row -> row.cells().stream())
                .toList();
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        return SheetTable.entries(table(file).stream().toList());
    }

    private static Optional<SheetTable> table(NamesFile file) throws IOException {
        if (file.sheets().isEmpty()) {
            return Optional.empty();
        }
        Sheet sheet = file.sheets().get(0);
        SheetHead head = SheetHead.of(sheet);
        Optional<Row> header =
                head.header(NAME, COUNT).filter(row -> halves(row).size() == 2);
        if (header.isEmpty() || genders(head, header.get()).distinct().count() != 2) {
            return Optional.empty();
        }
        List<Integer> names = halves(header.get());
        List<Gender> genders = genders(head, header.get()).toList();
        int year = year(file, sheet, head, header.get());
        List<SheetTable.Column> columns = IntStream.range(0, 2)
                .mapToObj(i -> new SheetTable.Column(year, genders.get(i), names.get(i), names.get(i) + 1))
                .toList();
        return Optional.of(new SheetTable(sheet, header.get(), yearColumn(header.get()), false, columns));
    }

    private static List<Integer> halves(Row header) {
        return SheetHead.runs(header, NAME, COUNT);
    }

    /** Of each half that says so. */
    private static Stream<Gender> genders(SheetHead head, Row header) {
        return halves(header).stream().flatMap(at -> gender(head, header, at).stream());
    }

    private static Optional<Gender> gender(SheetHead head, Row header, int at) {
        Matcher name = NAME.matcher(header.cell(at));
        if (name.matches() && name.group(1) != null) {
            return Gender.of(name.group(1));
        }
        return head.above(header).stream()
                .flatMap(band -> inBand(band, at).stream())
                .findFirst();
    }

    /** A band is a merged cell: it stands where it begins, at the name or at the rank before it. */
    private static Optional<Gender> inBand(Row band, int at) {
        return IntStream.rangeClosed(0, at)
                .mapToObj(i -> Gender.of(band.cell(at - i)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static int yearColumn(Row header) {
        return SheetHead.runs(header, YEAR).stream().findFirst().orElse(-1);
    }

    /**
     * Whoever brought it decides: a title may be that of the year before, left where the table was written anew. Only the
     * rows, where they have a year each, are believed before anybody.
     */
    private static int year(NamesFile file, Sheet sheet, SheetHead head, Row header) {
        TreeSet<Integer> ofRows = new TreeSet<>();
        if (yearColumn(header) >= 0) {
            head.rows().stream()
                    .dropWhile(row -> row != header)
                    .forEach(row -> ofRows.addAll(Cells.years(row.cell(yearColumn(header)))));
        }
        if (ofRows.isEmpty() && file.hints().year() != null) {
            return file.hints().year();
        }
        AgreedFact<Integer> year = AgreedFact.year(file.hints())
                .by("the file's name", FileName.year(file.name()))
                .by("the name of its sheet", FileName.year(sheet.name()))
                .by("the title", FileName.year(String.join(" ", titles(head))));
        ofRows.forEach(one -> year.by("a row of " + one, one));
        return year.known();
    }
}
