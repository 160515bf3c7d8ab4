package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.Figures;
import dev.catchment.names.format.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The national files of the Social Security Administration: {@code yob1880.txt} with lines {@code Mary,F,7065}, one or
 * a zip of all. The year stands in the name of the file alone. Nothing is edited away there: Unknown and Baby are kept.
 */
final class UsSsa implements Format {
    private static final Pattern NAME = Pattern.compile("\\p{Lu}\\p{Ll}+");
    private static final String FILE = "(?i)yob\\d{4}\\.txt";

    @Override
    public String name() {
        return "us_ssa";
    }

    @Override
    public String source() {
        return "us-ssa";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        for (TextFile text : file.texts()) {
            if (!isMostly(text, UsSsa::fits)) {
                return List.of();
            }
        }
        if (file.texts().isEmpty()) {
            return List.of();
        }
        if (file.texts().size() == 1) {
            Integer year = AgreedFact.year(file.hints())
                    .by("the file's name", FileName.year(file.texts().get(0).name()))
                    .known();
            return List.of(new Publication(name(), source(), null, null, year, null));
        }
        file.texts().forEach(UsSsa::mustSayItsYear);
        return List.of(new Publication(name(), source(), null, null, null, null));
    }

    /** Lines without a heading are anybody's; names of files such as {@code yob1880.txt} are not. */
    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) {
        return file.texts().size() > 1 || file.texts().get(0).name().matches("(?i)yob\\d{4}\\D.*");
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        if (file.texts().size() == 1) {
            return entries(file.texts().get(0), publication.year());
        }
        return file.texts().stream().flatMap(text -> entries(text, FileName.year(text.name())));
    }

    /** One bad row among many is a reject of this publisher's file, not another publisher's file. */
    static boolean isMostly(TextFile text, Predicate<Row> ours) throws IOException {
        return text.head().stream().filter(ours).count() * 2 > text.head().size();
    }

    private static boolean fits(Row row) {
        return row.cells().size() == 3
                && NAME.matcher(row.cell(0)).matches()
                && row.cell(1).matches("[FM]")
                && Cells.count(row.cell(2)) > 0;
    }

    private static void mustSayItsYear(TextFile text) {
        if (!text.name().matches(FILE)) {
            throw new PermanentFailure(text.name() + " in the zip holds national figures, but its name is not yob and a"
                    + " year, so its year is unknown. Rename it or remove it.");
        }
    }

    private static Stream<FileEntry> entries(TextFile text, int year) {
        try {
            return text.rows().map(row -> entry(row, year));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileEntry entry(Row row, int year) {
        if (row.cells().size() != 3) {
            return Figures.unusable(row, 3);
        }
        Gender gender = Gender.of(row.cell(1)).orElse(null);
        return gender == null
                ? Figures.unusable(row, "bad-gender", "neither F nor M", row.cell(1))
                : Figures.PLAIN.of(row, year, gender, row.cell(0), row.cell(2));
    }
}
