package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** A workbook of Excel, old or new. */
final class Workbook {
    private Workbook() {}

    /**
     * Its sheets in their order, hidden ones too. Holds nothing open.
     *
     * @throws PermanentFailure if it is broken or encrypted, or packs more than it may
     */
    static List<Sheet> open(Path path, FileKind kind) throws IOException {
        return reading("its list of sheets", () -> kind == FileKind.XLS ? Xls.open(path) : Xlsx.open(path));
    }

    /**
     * Calls one of the libraries: what they throw at broken bytes may be anything, and means the same. Whether the file is
     * there and may be read is told by types of its own.
     */
    static <T> T reading(String where, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (PermanentFailure | FileSystemException | FileNotFoundException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new PermanentFailure("The workbook is broken in " + where + ": " + e
                    + ". Download it again, or save it again in Excel.");
        }
    }

    /** A step that reads. */
    interface Reading<T> {
        T read() throws IOException;
    }
}
