package dev.catchment.names.publisher;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.Sheet;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.Figures;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.SheetHead;
import dev.catchment.names.format.SheetTable;
import dev.catchment.names.format.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tasmania, the most given names, in lower case. Either sheets {@code Female} and {@code Male} with a column of years, or a
 * heading row before each part: both in one sheet, or each in its own.
 */
final class AuTasmania implements Format {
    private static final Pattern HEADING =
            Pattern.compile("(?i)most popular (female|male) baby names for ((?:19|20)\\d\\d)\\b.*");

    private static final Signature PLACE = Signature.of("tasmania(?:n[a-z]*)?");
    private static final Pattern NAME = Pattern.compile("(?i)name");
    private static final Pattern COUNT = Pattern.compile("(?i)number|count");
    private static final Pattern YEAR = Pattern.compile("(?i)year");

    @Override
    public String name() {
        return "au_tas";
    }

    @Override
    public String source() {
        return "au-tas";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        TreeSet<Integer> years = new TreeSet<>();
        for (Sheet sheet : file.sheets()) {
            SheetHead.of(sheet).find(HEADING).ifPresent(heading -> years.add(Integer.valueOf(heading.group(2))));
        }
        if (years.isEmpty() && tables(file).isEmpty()) {
            return List.of();
        }
        Integer year = years.size() == 1 ? years.first() : null;
        if (year != null) {
            AgreedFact.year(file.hints())
                    .by("the heading", year)
                    .by("the file's name", FileName.year(file.name()))
                    .agreed();
        }
        return List.of(new Publication(name(), source(), null, null, year, null));
    }

    /** The sentence of its headings is its own; sheets named after the sex are anybody's. */
    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        for (Sheet sheet : file.sheets()) {
            if (SheetHead.of(sheet).find(HEADING).isPresent()) {
                return true;
            }
        }
        return PLACE.isIn(Stream.of(file.name()));
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        Stream<FileEntry> entries = SheetTable.entries(tables(file));
        for (Sheet sheet : file.sheets()) {
            if (SheetHead.of(sheet).find(HEADING).isPresent()) {
                Sections sections = new Sections();
                entries = Stream.concat(entries, sheet.rows().map(sections::read));
            }
        }
        return entries;
    }

    private static List<SheetTable> tables(NamesFile file) throws IOException {
        List<SheetTable> tables = new ArrayList<>();
        for (Sheet sheet : file.sheets()) {
            Optional<Gender> gender = Gender.of(sheet.name());
            Optional<Row> header = sheet.head().stream()
                    .filter(row -> Stream.of(NAME, COUNT, YEAR).allMatch(word -> at(row, word) >= 0))
                    .findFirst();
            if (gender.isPresent() && header.isPresent()) {
                Row row = header.get();
                SheetTable.Column column = new SheetTable.Column(null, gender.get(), at(row, NAME), at(row, COUNT));
                tables.add(new SheetTable(sheet, row, at(row, YEAR), false, List.of(column)));
            }
        }
        return tables;
    }

    private static int at(Row header, Pattern word) {
        return SheetHead.runs(header, word).stream().findFirst().orElse(-1);
    }

    /** Whose names follow was said by the last heading. */
    private static final class Sections {
        private Gender gender;
        private int year;

        private FileEntry read(Row row) {
            Matcher heading = HEADING.matcher(row.cell(0));
            if (heading.matches()) {
                gender = Gender.of(heading.group(1)).orElseThrow();
                year = Integer.parseInt(heading.group(2));
                return FileEntry.Passed.NO_COUNT;
            }
            return gender == null
                    ? FileEntry.Passed.NO_COUNT
                    : Figures.PLAIN.of(row, year, gender, row.cell(0), row.cell(1));
        }
    }
}
