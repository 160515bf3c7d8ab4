package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.GenderByNames;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.Signature;
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
    private static final Signature PLACE = Signature.of("south.?australia");
    private static final List<Layout> LAYOUTS = Stream.of("given name", "first name")
            .flatMap(name -> Stream.of("amount", "number")
                    .map(count -> Layout.of(name + "," + count + ",position", null, null, name, count)))
            .toList();

    @Override
    public String name() {
        return "au_sa";
    }

    @Override
    public String source() {
        return "au-sa";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        for (TextFile text : file.texts()) {
            if (layout(text).isEmpty()) {
                return List.of();
            }
        }
        if (file.texts().size() > 1) {
            file.texts().forEach(AuSouthAustralia::mustSpeakForItself);
            return List.of(new Publication(name(), source(), null, null, null, null));
        }
        return file.texts().stream()
                .map(text -> publication(file.hints(), "the file's name", text))
                .toList();
    }

    /** Its names of files are its own, its heading is not. */
    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) {
        return file.texts().stream()
                .anyMatch(text -> NAME.matcher(text.name()).find() || PLACE.isIn(Stream.of(text.name(), file.name())));
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) {
        return file.texts().size() == 1
                ? read(file.texts().get(0), publication.year(), publication.gender())
                : file.texts().stream().flatMap(text -> read(text, year(text), gender(text)));
    }

    private Publication publication(Hints hints, String fileName, TextFile text) {
        Integer year = AgreedFact.year(hints).by(fileName, year(text)).known();
        Gender named = gender(text);
        Stream<FileEntry> entries = read(text, year, named == null ? Gender.F : named);
        Gender gender = GenderByNames.confirm(hints, fileName, named, entries);
        return new Publication(name(), source(), null, null, year, gender);
    }

    /** An entry of a zip. */
    private static void mustSpeakForItself(TextFile text) {
        if (year(text) == null || gender(text) == null) {
            throw new PermanentFailure("The name of " + text.name() + " in the zip does not say gender and year as"
                    + " female_cy1944_top.csv does. Rename it, or load it alone with --gender and --year.");
        }
        GenderByNames.confirm(Hints.NONE, text.name(), gender(text), read(text, year(text), gender(text)));
    }

    private static Stream<FileEntry> read(TextFile text, Integer year, Gender gender) {
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

    private static Integer year(TextFile text) {
        Matcher name = NAME.matcher(text.name());
        return name.find() ? Integer.valueOf(name.group(2)) : FileName.year(text.name());
    }

    private static Gender gender(TextFile text) {
        Matcher name = NAME.matcher(text.name());
        return name.find() ? Gender.of(name.group(1)).orElseThrow() : FileName.gender(text.name());
    }

    private static Optional<Layout> layout(TextFile text) throws IOException {
        return Layout.in(text.head(), LAYOUTS);
    }
}
