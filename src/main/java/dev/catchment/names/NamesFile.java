package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A published file: one text, a zip of texts, or a workbook, told apart by its bytes and never by its ending.
 *
 * @param path where it is stored
 * @param name what it was called when it came, for it may say a year or a gender
 * @param texts the text, or those in the zip in the order of their names; none for a workbook
 * @param sheets the sheets of the workbook in their order; none for texts
 */
public record NamesFile(Path path, String name, Hints hints, List<TextPart> texts, List<Sheet> sheets) {
    /** @throws PermanentFailure if it is something else, or packs more than it may */
    public static NamesFile open(Path path, String name, Hints hints) throws IOException {
        return switch (kind(path, name)) {
            case WORKBOOK -> new NamesFile(path, name, hints, List.of(), Workbook.open(path));
            case ZIP -> new NamesFile(path, name, hints, TextZip.open(path, name, ZipBudget.Limits.USUAL), List.of());
            case TEXT ->
                new NamesFile(path, name, hints, List.of(Text.open(name, () -> Files.newInputStream(path))), List.of());
            default -> throw new IllegalStateException(path.toString());
        };
    }

    /** The text that was recognised: the named one of a zip, or the first. */
    TextPart text(Publication publication) {
        return texts.stream()
                .filter(text -> publication.entry() == null || text.name().equals(publication.entry()))
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("the zip has no such entry, although it was recognised by it;"
                        + " was the file replaced? file=" + name + " entry=" + publication.entry()));
    }

    private static TextPart text(Path path, String name) throws IOException {
        return Text.open(FileName.base(name), () -> Files.newInputStream(path));
    }

    private static Kind kind(Path path, String name) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Kind kind = Kind.of(in.readNBytes(Kind.BYTES));
            kind.mustBeReadable(name);
            return kind == Kind.ZIP && TextZip.isWorkbook(path, name) ? Kind.WORKBOOK : kind;
        }
    }
}
