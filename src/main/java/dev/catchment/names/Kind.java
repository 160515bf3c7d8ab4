package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is by its first bytes. */
enum Kind {
    ZIP(null),
    WORKBOOK(null),
    TEXT(null),
    EMPTY("it is empty; fetch it again"),
    PDF("it is a PDF, from which no figures are read; look for the publisher's table of the same figures"),
    PACKED("it is packed in a way that is not opened here; unpack it and bring what is in it"),
    HTML("it is a web page, as a site sends that refuses a download; fetch the file with a browser and bring it");

    /** As many of the first bytes tell it. */
    static final int BYTES = 1024;

    private static final String OLE2 = "\u00D0\u00CF\u0011\u00E0";

    private final String refusal;

    Kind(String refusal) {
        this.refusal = refusal;
    }

    static Kind of(byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        String bytes = new String(start, StandardCharsets.ISO_8859_1);
        if (bytes.startsWith("PK\u0003\u0004") || bytes.startsWith("PK\u0005\u0006")) {
            return ZIP;
        }
        if (bytes.startsWith(OLE2)) {
            return WORKBOOK;
        }
        return unreadable(bytes);
    }

    private static Kind unreadable(String bytes) {
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

    void mustBeReadable(String name) {
        if (refusal != null) {
            throw new PermanentFailure("nothing was loaded: " + refusal + " file=" + name);
        }
    }
}
