package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks an .xlsx once into nothing, for what its directory says of sizes may be a lie. */
final class XlsxSize {
    /** The largest seen, Northern Ireland's, unpacks to 39 MB. */
    private static final long MOST_BYTES = 512L << 20;
    /** The texts of the cells; they are held in memory. */
    private static final long MOST_TEXT_BYTES = 32L << 20;

    private static final int MOST_PARTS = 2_000;
    /** The most seen is 27; POI draws the line at 100 as well. */
    private static final long MOST_RATIO = 100;
    /** A small part may be all blanks. */
    private static final long SMALL = 1L << 20;

    private XlsxSize() {}

    /** @throws PermanentFailure if it unpacks to more than any table of names needs */
    static void check(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            if (zip.size() > MOST_PARTS) {
                throw tooLarge("it has " + zip.size() + " parts, at most " + MOST_PARTS + " are read");
            }
            long left = MOST_BYTES;
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                left -= unpacked(zip, entries.nextElement(), left);
            }
        } catch (ZipException e) {
            throw new PermanentFailure("The workbook is broken: " + e.getMessage() + ". Download it again.");
        }
    }

    private static long unpacked(ZipFile zip, ZipEntry part, long left) throws IOException {
        boolean texts = part.getName().equalsIgnoreCase("xl/sharedStrings.xml");
        long most = texts ? Math.min(left, MOST_TEXT_BYTES) : left;
        long packed = Math.max(1, part.getCompressedSize());
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream in = zip.getInputStream(part)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > most) {
                    throw tooLarge(part.getName() + " unpacks to more than " + most + " bytes");
                }
                if (size > SMALL && size / packed > MOST_RATIO) {
                    throw tooLarge(part.getName() + " is packed more than " + MOST_RATIO + " to 1");
                }
            }
        }
        return size;
    }

    private static PermanentFailure tooLarge(String what) {
        return new PermanentFailure(
                "The workbook was rejected unread: " + what + ". If it is legitimate, save its table of names as CSV.");
    }
}
