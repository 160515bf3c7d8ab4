package dev.catchment.names.publisher;

import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.GenderByNames;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;
import java.io.IOException;
import java.util.regex.Pattern;

/** Ontario: a title that says the gender, where nobody cut it off, and a heading in English or in both languages. */
final class CaOntario extends LongText {
    private static final Pattern TITLE = Pattern.compile("(?i)Ontario Top Baby Names \\((male|female)\\)");

    CaOntario() {
        super(
                "ca_on",
                "ca-on",
                Signature.of(
                        "ontario",
                        "1966 F MARIE 1876",
                        "2019 F OLIVIA 934",
                        "1917 M JOHN 2453",
                        "1968 M MICHAEL 2749",
                        "2019 M NOAH 842"),
                Layout.of(
                        "Year/Année,Name/Nom,Frequency/Fréquence",
                        "year/année",
                        null,
                        "name/nom",
                        "frequency/fréquence"),
                Layout.of("Year,Name,Frequency", "year", null, "name", "frequency"));
    }

    @Override
    public Gender gender(NamesFile file, TextFile text) throws IOException {
        Gender title = title(text);
        Gender named = FileName.gender(file.name());
        if (title != null) {
            return AgreedFact.gender(file.hints())
                    .by("the title", title)
                    .by("the file's name", named)
                    .known();
        }
        Publication asIf = new Publication(name(), "ca-on", null, null, null, named == null ? Gender.F : named);
        return GenderByNames.confirm(file.hints(), "the file's name", named, read(file, asIf));
    }

    private static Gender title(TextFile text) throws IOException {
        return text.head().stream()
                .flatMap(row -> TITLE.matcher(row.cell(0)).results())
                .map(found -> found.group(1))
                .findFirst()
                .map(FileName::gender)
                .orElse(null);
    }
}
