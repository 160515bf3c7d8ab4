package dev.catchment.names;

import java.io.IOException;
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
    /** @throws dev.catchment.errors.PermanentFailure if it is something else, or packs more than it may */
    public static NamesFile open(Path path, String name, Hints hints) throws IOException {
        throw new IOException("to be written");
    }
}
