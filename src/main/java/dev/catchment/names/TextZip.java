package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip of texts. Its entries go by their base names and are read where they are: nothing is written to a disk, so no
 * name can lead out of a folder. What accompanies the texts (readme, PDF, hidden files) is passed over.
 */
final class TextZip {
    /**
     * What a zip may hold. The largest known is Statistics Canada's cube of about 4 million rows of 150 bytes, and
     * tables of mostly zeros shrink to a fiftieth; a bomb shrinks to a thousandth.
     */
    record Limits(long bytes, int entries, int ratio) {
        static final Limits USUAL = new Limits(2L << 30, 2000, 200);
    }

    private static final String ACCOMPANYING = "\\..*|.*\\.pdf|.*readme.*|thumbs\\.db";
    /** Below it a ratio says nothing. */
    private static final long SMALL = 1L << 20;

    private TextZip() {}

    static boolean isWorkbook(Path path, String name) throws IOException {
        try (ZipFile zip = zip(path, name)) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .anyMatch(entry -> entry.equals("[Content_Types].xml") || entry.startsWith("xl/"));
        }
    }

    /** @throws PermanentFailure if it is broken, packs more than it may, or holds what is no text */
    static List<TextPart> open(Path path, String name, Limits limits) throws IOException {
        Budget budget = new Budget(name, limits, Files.size(path));
        List<TextPart> texts = new ArrayList<>();
        try (ZipFile zip = zip(path, name)) {
            budget.entries(zip.size());
            for (Map.Entry<String, ZipEntry> entry : tables(zip, name).entrySet()) {
                // Walked once in full, so that a bomb, a broken entry or an unknown encoding is met before a row is
                // read.
                TextTraits traits = TextTraits.of(entry.getKey(), budget.metered(zip.getInputStream(entry.getValue())));
                texts.add(new Text(entry.getKey(), () -> read(path, name, entry.getValue()), traits));
            }
        } catch (ZipException e) {
            throw broken(name, e);
        }
        if (texts.isEmpty()) {
            throw new PermanentFailure("nothing was loaded: the zip holds no table file=" + name);
        }
        return texts;
    }

    private static Map<String, ZipEntry> tables(ZipFile zip, String name) {
        Map<String, ZipEntry> tables = new TreeMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String base = entry.getName().replaceFirst("(?s).*[/\\\\]", "");
            boolean passed = entry.isDirectory()
                    || entry.getName().matches("(?s)(.*[/\\\\])?__MACOSX[/\\\\].*")
                    || base.toLowerCase(Locale.ROOT).matches(ACCOMPANYING);
            if (!passed && tables.put(base, entry) != null) {
                throw new PermanentFailure("nothing was loaded: the zip holds two files of one name, and only one can"
                        + " be right; bring the right one file=" + name + " entry=" + base);
            }
        }
        return tables;
    }

    /** Names of entries that are no UTF-8 are read as Latin 1, which never fails: only their digits and letters count. */
    private static ZipFile zip(Path path, String name) throws IOException {
        try {
            return new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
        } catch (ZipException e) {
            throw broken(name, e);
        }
    }

    private static PermanentFailure broken(String name, ZipException e) {
        return new PermanentFailure("nothing was loaded: the zip is broken or encrypted (" + e.getMessage()
                + "); fetch it again file=" + name);
    }

    private static InputStream read(Path path, String name, ZipEntry entry) throws IOException {
        ZipFile zip = zip(path, name);
        return new FilterInputStream(zip.getInputStream(entry)) {
            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }

    /** Counts what comes out, for the sizes a zip tells of itself may be lies. */
    private static final class Budget {
        private final String name;
        private final Limits limits;
        private final long packed;
        private long unpacked;

        Budget(String name, Limits limits, long packed) {
            this.name = name;
            this.limits = limits;
            this.packed = packed;
        }

        void entries(int count) {
            refuseIf(count > limits.entries, "more than " + limits.entries + " entries");
        }

        InputStream metered(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = super.read(bytes, offset, length);
                    spend(Math.max(read, 0));
                    return read;
                }
            };
        }

        private void spend(int bytes) {
            unpacked += bytes;
            refuseIf(unpacked > limits.bytes, "more than " + limits.bytes + " bytes");
            refuseIf(
                    unpacked > SMALL && unpacked > packed * limits.ratio,
                    "more than " + limits.ratio + " times its size");
        }

        private void refuseIf(boolean tooMuch, String what) {
            if (tooMuch) {
                throw new PermanentFailure("nothing was loaded: the zip packs " + what
                        + ", as no publisher's does; unpack it and bring what is in it file=" + name);
            }
        }
    }
}
