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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * England and Wales, one workbook a year and sex since 1996: among tables by month, region and age the one of all names.
 * The last digit of {@code Count3} or {@code boys1,2} is the number of a footnote.
 */
final class GbOns implements Format {
    private static final Pattern TITLE = Pattern.compile("(?i)top names for baby (boys|girls).*");
    /** The mark of a footnote may stand behind it without a blank: {@code 19991}. */
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)((?:19|20)\\d\\d)\\d?(?!\\d)");

    private static final Pattern COUNTRY = Pattern.compile("(?i)england and wales");
    private static final Pattern[] HEADER = {
        Pattern.compile("(?i)rank"), Pattern.compile("(?i)name"), Pattern.compile("(?i)count\\d?")
    };
    private static final Pattern RANKS_ONLY = Pattern.compile("(?i)top 100 (?:baby )?names\\b.*\\b1904\\b");

    @Override
    public String name() {
        return "gb_ons";
    }

    @Override
    public String source() {
        return "gb-ons";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        List<SheetTable> tables = tables(file);
        if (tables.size() == 1) {
            return List.of(publication(file, tables.get(0)));
        }
        if (tables.size() > 1) {
            throw new PermanentFailure(
                    "The workbook has " + tables.size() + " tables of all names of England and Wales; a"
                            + " yearly one has one. Load each from a file of its own.");
        }
        for (Sheet sheet : file.sheets()) {
            if (SheetHead.of(sheet).find(RANKS_ONLY).isPresent()) {
                throw new PermanentFailure("The historical workbook of England and Wales holds ranks only, no counts: "
                        + "there is nothing to load. Counts are in the yearly workbooks since 1996.");
            }
        }
        return List.of();
    }

    private Publication publication(NamesFile file, SheetTable table) throws IOException {
        SheetTable.Column column = table.columns().get(0);
        String title = SheetHead.of(table.sheet()).find(TITLE).orElseThrow().group();
        Integer year = AgreedFact.year(file.hints())
                .by("the title \"" + title + "\" of sheet " + table.sheet().name(), column.year())
                .by("the name of its sheet", FileName.year(table.sheet().name()))
                .by("the file's name", FileName.year(file.name()))
                .known();
        Gender gender = AgreedFact.gender(file.hints())
                .by("the title", column.gender())
                .by("the name of its sheet", FileName.gender(table.sheet().name()))
                .by("the file's name", FileName.gender(file.name()))
                .known();
        return new Publication(name(), source(), null, null, year, gender);
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        return SheetTable.entries(tables(file).stream()
                .map(table -> table.of(publication.year(), publication.gender()))
                .toList());
    }

    private static List<SheetTable> tables(NamesFile file) throws IOException {
        List<SheetTable> tables = new ArrayList<>();
        for (Sheet sheet : file.sheets()) {
            SheetHead head = SheetHead.of(sheet);
            Optional<Matcher> title = head.find(TITLE);
            Optional<Row> header = head.header(HEADER);
            if (title.isPresent() && header.isPresent() && head.find(COUNTRY).isPresent()) {
                tables.add(table(sheet, title.get(), header.get()));
            }
        }
        return tables;
    }

    private static SheetTable table(Sheet sheet, Matcher title, Row header) {
        int rank = SheetHead.runs(header, HEADER).get(0);
        Gender gender = Gender.of(title.group(1)).orElseThrow();
        Integer year = YEAR.matcher(title.group())
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .findFirst()
                .orElse(null);
        SheetTable.Column column = new SheetTable.Column(year, gender, rank + 1, rank + 2);
        return new SheetTable(sheet, header, -1, false, List.of(column));
    }
}
