package dev.catchment.registry.file;

import dev.catchment.flow.CountedInput;
import dev.catchment.text.Sha256;
import dev.catchment.text.Utf8;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * What is known of a file before any of its records counts. It is read to its end: a packed one is whole only if the
 * checksum and the length of each of its members (RFC 1952) are those of what it unpacks to.
 *
 * @param bytes its size as it lies on the disk
 * @param sha256 of the bytes on the disk, 64 hexadecimal digits
 * @param flaw why nothing of it can be used and what to do, to be said of the file; null if nothing is known against it
 */
record FirstPass(long bytes, String sha256, String flaw) {
    private static final int BUFFER = 1 << 16;

    static FirstPass over(Path path) throws IOException {
        AtomicLong bytes = new AtomicLong();
        MessageDigest digest = Sha256.digest();
        InputStream counted = new CountedInput(Files.newInputStream(path), bytes);
        try (InputStream in = new BufferedInputStream(new DigestInputStream(counted, digest), BUFFER)) {
            String flaw = flaw(in);
            in.transferTo(OutputStream.nullOutputStream());
            return new FirstPass(bytes.get(), Sha256.hex(digest.digest()), flaw);
        }
    }

    /** Its text: unpacked if it is gzip, all its members one after the other. @param in which can be marked */
    static InputStream text(InputStream in) throws IOException {
        return isGzip(head(in))
                ? GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get()
                : in;
    }

    private static String flaw(InputStream in) throws IOException {
        if (!isGzip(head(in))) {
            return ofText(head(in));
        }
        try {
            InputStream text = new BufferedInputStream(text(in), BUFFER);
            byte[] head = head(text);
            text.transferTo(OutputStream.nullOutputStream());
            return isGzip(head)
                    ? "is gzip inside gzip: it was compressed twice. Run gunzip on it once, and seed the result."
                    : ofText(head);
        } catch (IOException damaged) {
            String why = damaged instanceof EOFException
                    ? "it is truncated"
                    : String.valueOf(damaged.getMessage()).replaceFirst("[.]$", "");
            return "is a damaged gzip file (%s), and none of it was used. Download or compress it again."
                    .formatted(why);
        }
    }

    private static String ofText(byte[] head) {
        int first = at(head, 0) << 8 | at(head, 1);
        boolean unmarked = isJson(first) || (first & 0xff) == 0 && isJson(first >> 8);
        return Utf8.marked(head) != null || unmarked
                ? "is in UTF-16, and an index file is in UTF-8. Convert it, as 'iconv -f UTF-16 -t UTF-8' does, and seed"
                        + " what comes out."
                : null;
    }

    private static boolean isJson(int character) {
        return character == '{' || character == '[';
    }

    private static boolean isGzip(byte[] head) {
        return at(head, 0) == 0x1f && at(head, 1) == 0x8b;
    }

    private static int at(byte[] head, int place) {
        return place < head.length ? head[place] & 0xff : 0x20;
    }

    private static byte[] head(InputStream in) throws IOException {
        in.mark(2);
        byte[] head = in.readNBytes(2);
        in.reset();
        return head;
    }
}
