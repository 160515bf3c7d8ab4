package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What a file is by its first bytes, and never by its ending: publishers save one kind under the name of another. */
enum FileKind {
    TEXT(null),
    ZIP("is a zip within a zip. Unpack it and load what is in it."),
    XLS("is a workbook in a zip. Unpack it and load it alone."),
    XLSX(null),
    EMPTY("is empty. Download it again."),
    PDF("is a PDF, from which no figures are read. Look for the publisher's table of the same figures."),
    PACKED("uses an unsupported compression. Unpack it and load what is in it."),
    HTML("is a web page, such as a site sends when it denies a download. Download the file with a browser.");

    /** As many of the first bytes tell it. */
    static final int BYTES = 1024;

    private static final String OLE2 = "\u00D0\u00CF\u0011\u00E0";

    private final String refusal;

    FileKind(String refusal) {
        this.refusal = refusal;
    }

    /** A zip may be a workbook, or another document of Office. */
    static FileKind of(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            FileKind kind = of(in.readNBytes(BYTES));
            return kind == ZIP && isOffice(path) ? XLSX : kind;
        }
    }

    private static boolean isOffice(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1)) {
            return zip.getEntry("[Content_Types].xml") != null;
        } catch (ZipException e) {
            return false;
        }
    }

    static FileKind of(byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        String bytes = new String(start, StandardCharsets.ISO_8859_1);
        if (bytes.startsWith("PK\u0003\u0004") || bytes.startsWith("PK\u0005\u0006")) {
            return ZIP;
        }
        return bytes.startsWith(OLE2) ? XLS : other(bytes);
    }

    private static FileKind other(String bytes) {
        if (bytes.startsWith("%PDF")) {
            return PDF;
        }
        // gzip, 7z, bzip2, xz
        if (bytes.startsWith("\u001F\u008B")
                || bytes.startsWith("7z\u00BC\u00AF")
                || bytes.startsWith("BZh")
                || bytes.startsWith("\u00FD7zXZ")) {
            return PACKED;
        }
        String words =
                bytes.replaceFirst("^\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
        return words.startsWith("<!doctype") || words.startsWith("<html") || words.startsWith("<?xml") ? HTML : TEXT;
    }

    /** Why none of this kind is read. @param name of the file, or of the one in a zip */
    PermanentFailure refused(String name) {
        return new PermanentFailure(name + " " + refusal);
    }
}
