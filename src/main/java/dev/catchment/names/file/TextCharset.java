package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.text.Utf8;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a text is encoded, as a walk over all its bytes finds out. */
final class TextCharset {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int LINE_MAX = 1 << 20;
    private static final int[] UNDEFINED_IN_1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D};

    private TextCharset() {}

    /**
     * UTF-8 or UTF-16 where it says so itself, UTF-8 where all of it is that, else windows-1252.
     *
     * @throws PermanentFailure if it is in no encoding of these, or no text
     */
    static Charset of(String name, InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        bytes.mark(Integer.BYTES);
        Charset said = Utf8.marked(bytes.readNBytes(3));
        bytes.reset();
        Walk walk = new Walk(name, bytes);
        boolean fits = walk.fits(said == null ? StandardCharsets.UTF_8 : said);
        boolean wide = said != null && said != StandardCharsets.UTF_8;
        if (!wide && walk.hasControls() || fits && walk.bytes == 0) {
            throw refused(name, "is neither a text nor a workbook of a known kind");
        }
        if (fits) {
            return said == null ? StandardCharsets.UTF_8 : said;
        }
        if (said != null || walk.hasUndefined()) {
            throw refused(name, "is a text, but in no known encoding: neither UTF-8 nor windows-1252 reads all of it");
        }
        return WINDOWS_1252;
    }

    private static PermanentFailure refused(String name, String why) {
        return new PermanentFailure(name + " " + why + ". Download it again, or save it as UTF-8.");
    }

    /** Takes note of each byte that passes. */
    private static final class Walk extends FilterInputStream {
        private final boolean[] seen = new boolean[256];
        private final String name;
        private long bytes;
        private int line;

        Walk(String name, InputStream in) {
            super(in);
            this.name = name;
        }

        /** Goes to the end of it in any case. */
        boolean fits(Charset charset) throws IOException {
            try {
                new InputStreamReader(this, charset.newDecoder()).transferTo(Writer.nullWriter());
                return true;
            } catch (CharacterCodingException e) {
                transferTo(OutputStream.nullOutputStream());
                return false;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            for (int i = offset; i < offset + read; i++) {
                seen[buffer[i] & 0xFF] = true;
                line = buffer[i] == '\n' || buffer[i] == '\r' ? 0 : line + 1;
                if (line > LINE_MAX) {
                    throw refused(name, "is not a table: one of its lines is longer than a million characters");
                }
            }
            bytes += Math.max(read, 0);
            return read;
        }

        boolean hasControls() {
            for (int i = 0; i < ' '; i++) {
                if (seen[i] && i != '\t' && i != '\n' && i != '\r' && i != '\f') {
                    return true;
                }
            }
            return false;
        }

        boolean hasUndefined() {
            for (int code : UNDEFINED_IN_1252) {
                if (seen[code]) {
                    return true;
                }
            }
            return false;
        }
    }
}
