package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import java.io.IOException;
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
public record NamesFile(Path path, String name, Hints hints, List<TextFile> texts, List<Sheet> sheets) {
    /** @throws PermanentFailure if it is something else, is broken, or packs more than it may */
    public static NamesFile open(Path path, String name, Hints hints) throws IOException {
        FileKind kind = FileKind.of(path);
        String base = FileName.base(name);
        return switch (kind) {
            case XLS, XLSX -> new NamesFile(path, base, hints, List.of(), Workbook.open(path, kind));
            case ZIP -> new NamesFile(path, base, hints, TextZip.open(path, ZipBudget.Limits.USUAL), List.of());
            case TEXT ->
                new NamesFile(
                        path,
                        base,
                        hints,
                        List.of(TextFile.open(base, () -> Files.newInputStream(path), Files.size(path))),
                        List.of());
            default -> throw kind.refused(base);
        };
    }

    /** Bytes of its texts, unpacked; 0 for a workbook, which is small. */
    public long bytes() {
        return texts.stream().mapToLong(TextFile::bytes).sum();
    }

    /** Those of them that were read so far. */
    public long bytesRead() {
        return texts.stream().mapToLong(TextFile::bytesRead).sum();
    }

    /** The text that was recognised: the named one of a zip, or the first. */
    public TextFile text(Publication publication) {
        return texts.stream()
                .filter(text -> publication.entry() == null || text.name().equals(publication.entry()))
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("The zip has no " + publication.entry()
                        + ", although it was recognised by it. Was the file replaced? Load it again."));
    }
}
