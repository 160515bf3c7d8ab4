package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A workbook of Excel, old or new; told by its first bytes, for publishers save one as the other. */
public final class Workbook {
    private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private Workbook() {}

    /** Whether these bytes are a workbook at all: a zip may as well hold texts. */
    public static boolean is(Path path) throws IOException {
        byte[] magic = magic(path);
        return Arrays.equals(magic, OLE2) || Arrays.equals(magic, ZIP) && isXlsx(path);
    }

    /**
     * Its sheets in their order, hidden ones too. Holds nothing open.
     *
     * @throws PermanentFailure if it is none, is broken or encrypted, or packs more than it may
     */
    public static List<Sheet> open(Path path) throws IOException {
        byte[] magic = magic(path);
        if (Arrays.equals(magic, OLE2)) {
            return reading("its list of sheets", () -> Xls.open(path));
        }
        if (Arrays.equals(magic, ZIP) && isXlsx(path)) {
            return reading("its list of sheets", () -> Xlsx.open(path));
        }
        throw new PermanentFailure("This is no workbook of Excel (.xls since 97, .xlsx). Save it as one, or as CSV.");
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
                    + ". Nothing was loaded; fetch it again, or save it anew in Excel.");
        }
    }

    /** A step that reads. */
    interface Reading<T> {
        T read() throws IOException;
    }

    private static byte[] magic(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(OLE2.length);
        }
    }

    private static boolean isXlsx(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return zip.getEntry("xl/workbook.xml") != null;
        } catch (ZipException e) {
            return false;
        }
    }
}
