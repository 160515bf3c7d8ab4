package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * South Australia: a text a year and gender, or a zip of them. Both stand in the name of each text alone
 * ({@code male_cy1944_top.csv}, {@code topnames_female_cy2024.csv}), so the names in it have to bear it out.
 */
final class AuSouthAustralia implements Format {
    private static final Pattern NAME = Pattern.compile("(?i)(female|male)_?cy(\\d{4})(?!\\d)");
    private static final List<Layout> LAYOUTS = Stream.of("given name", "first name")
            .flatMap(name -> Stream.of("amount", "number")
                    .map(count -> Layout.of(name + "," + count + ",position", null, null, name, count)))
            .toList();

    @Override
    public String name() {
        return "au_sa";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        for (TextPart text : file.texts()) {
            if (layout(text).isEmpty()) {
                return List.of();
            }
        }
        if (file.texts().size() > 1) {
            return List.of(packed(file));
        }
        return file.texts().isEmpty()
                ? List.of()
                : List.of(publication(file, file.texts().get(0)));
    }

    /** Each text is looked at on its own; what is said of all of them must hold for each. */
    private Publication packed(NamesFile file) {
        Claims<Integer> year = Claims.year(file);
        Claims<Gender> gender = Claims.gender(file);
        for (TextPart text : file.texts()) {
            Publication one = publication(unhinted(file, text), text);
            year.by(text.name(), file.hints().year() == null ? null : one.year());
            gender.by(text.name(), file.hints().gender() == null ? null : one.gender());
        }
        return new Publication(name(), "au-sa", null, null, year.agreed(), gender.agreed());
    }

    @Override
    public Stream<Entry> read(NamesFile file, Publication publication) {
        if (file.texts().size() == 1) {
            return read(file.texts().get(0), publication.year(), publication.gender());
        }
        return file.texts().stream().flatMap(text -> read(text, year(text), gender(text)));
    }

    private Publication publication(NamesFile file, TextPart text) {
        Integer year = Claims.year(file).by("the file's name", year(text)).known();
        Gender named = gender(text);
        Gender gender = GenderByNames.confirm(file, named, read(text, year, named == null ? Gender.F : named));
        return new Publication(name(), "au-sa", null, null, year, gender);
    }

    /** An entry of a zip speaks for itself. */
    private static NamesFile unhinted(NamesFile file, TextPart text) {
        if (year(text) == null || gender(text) == null) {
            throw new PermanentFailure("nothing was loaded: the name of an entry does not say gender and year as in"
                    + " female_cy1944_top.csv; rename it, or bring it alone with --gender and --year file="
                    + file.name() + " entry=" + text.name());
        }
        return new NamesFile(file.path(), file.name() + "/" + text.name(), Hints.NONE, List.of(text), List.of());
    }

    private static Stream<Entry> read(TextPart text, Integer year, Gender gender) {
        try {
            Publication one = new Publication("au_sa", "au-sa", null, text.name(), year, gender);
            return layout(text).orElseThrow().read(text.rows(), one, AuSouthAustralia::isSum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code TOTAL,,9030} */
    private static boolean isSum(Row row) {
        return row.cell(0).equalsIgnoreCase("total")
                && (row.cell(1).isEmpty() || row.cell(2).isEmpty());
    }

    private static Integer year(TextPart text) {
        Matcher name = NAME.matcher(text.name());
        return name.find() ? Integer.valueOf(name.group(2)) : FileName.year(text.name());
    }

    private static Gender gender(TextPart text) {
        Matcher name = NAME.matcher(text.name());
        return name.find() ? Gender.of(name.group(1)).orElseThrow() : FileName.gender(text.name());
    }

    private static Optional<Layout> layout(TextPart text) throws IOException {
        List<Row> head = text.head();
        return LAYOUTS.stream()
                .filter(layout -> !head.isEmpty() && layout.isHeadedBy(head.get(0)))
                .findFirst();
    }
}
