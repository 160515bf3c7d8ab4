package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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
    public List<Publication> recognise(NamesFile file) throws IOException {
        for (TextPart text : file.texts()) {
            if (!isMostlyOurs(text.head())) {
                return List.of();
            }
        }
        if (file.texts().isEmpty()) {
            return List.of();
        }
        Integer year = file.texts().size() == 1 ? year(file, file.texts().get(0)) : years(file);
        Gender gender = Claims.gender(file)
                .confirmedBy(rows(file), row -> Gender.of(row.cell(1)).orElse(null));
        return List.of(new Publication(name(), "us-ssa", null, null, year, gender));
    }

    @Override
    public Stream<Entry> read(NamesFile file, Publication publication) throws IOException {
        if (file.texts().size() == 1) {
            return entries(file.texts().get(0), publication.year());
        }
        return file.texts().stream().flatMap(text -> entries(text, FileName.year(text.name())));
    }

    /** One bad row among many is a reject of this publisher's file, not another publisher's file. */
    private static boolean isMostlyOurs(List<Row> head) {
        return head.stream().filter(UsSsa::fits).count() * 2 > head.size();
    }

    private static boolean fits(Row row) {
        return row.cells().size() == 3
                && NAME.matcher(row.cell(0)).matches()
                && row.cell(1).matches("[FM]")
                && Cells.count(row.cell(2)) > 0;
    }

    private static Integer year(NamesFile file, TextPart text) {
        return Claims.year(file)
                .by("the file's name", FileName.year(text.name()))
                .known();
    }

    /** @return null, unless somebody says one year and is borne out */
    private static Integer years(NamesFile file) {
        Claims<Integer> hinted = Claims.year(file);
        for (TextPart text : file.texts()) {
            if (!text.name().matches(FILE)) {
                throw new PermanentFailure(
                        "nothing was loaded: an entry of the zip holds national figures, but its name"
                                + " is not yob and a year; rename it or take it out file=" + file.name() + " entry="
                                + text.name());
            }
            if (file.hints().year() != null) {
                hinted.by(text.name(), FileName.year(text.name()));
            }
        }
        return hinted.agreed();
    }

    private static Stream<Row> rows(NamesFile file) {
        return file.texts().stream().flatMap(UsSsa::rows);
    }

    private static Stream<Row> rows(TextPart text) {
        try {
            return text.rows();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Entry> entries(TextPart text, int year) {
        return rows(text).map(row -> entry(row, year));
    }

    private static Entry entry(Row row, int year) {
        if (row.cells().size() != 3) {
            return Figures.unusable(
                    row,
                    "bad-fields",
                    "not 3 fields",
                    String.valueOf(row.cells().size()));
        }
        Gender gender = Gender.of(row.cell(1)).orElse(null);
        return gender == null
                ? Figures.unusable(row, "bad-gender", "neither F nor M", row.cell(1))
                : Figures.PLAIN.of(row, year, gender, row.cell(0), row.cell(2));
    }
}
