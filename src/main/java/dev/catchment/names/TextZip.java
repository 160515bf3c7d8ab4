package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
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
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip of texts. Its entries go by their base names and are read where they are: nothing is written to a disk, so no
 * name can lead out of a folder. What accompanies the texts (readme, PDF, hidden files) is passed over.
 */
final class TextZip {
    private static final String ACCOMPANYING = "\\..*|.*\\.pdf|.*readme.*|thumbs\\.db";

    private TextZip() {}

    static boolean isWorkbook(Path path, String name) throws IOException {
        try (ZipFile zip = zip(path, name)) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .anyMatch(entry -> entry.equals("[Content_Types].xml") || entry.startsWith("xl/"));
        }
    }

    /** @throws PermanentFailure if it is broken, packs more than it may, or holds what is no text */
    static List<TextPart> open(Path path, String name, ZipBudget.Limits limits) throws IOException {
        ZipBudget budget = new ZipBudget(name, limits, Files.size(path));
        List<TextPart> texts = new ArrayList<>();
        try (ZipFile zip = zip(path, name)) {
            budget.entries(zip.size());
            for (Map.Entry<String, ZipEntry> entry : tables(zip, name).entrySet()) {
                texts.add(text(path, name, entry, budget.metered(zip.getInputStream(entry.getValue()))));
            }
        } catch (ZipException | EOFException e) {
            throw broken(name, e);
        }
        if (texts.isEmpty()) {
            throw new PermanentFailure("nothing was loaded: the zip holds no table file=" + name);
        }
        return texts;
    }

    /** Walked once in full, so that a bomb, a broken entry or an unknown encoding is met before a row is read. */
    private static Text text(Path path, String name, Map.Entry<String, ZipEntry> entry, InputStream in)
            throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
        BufferedInputStream bytes = new BufferedInputStream(checked, Kind.BYTES);
        bytes.mark(Kind.BYTES);
        Kind kind = Kind.of(bytes.readNBytes(Kind.BYTES));
        bytes.reset();
        kind.mustBeReadable(name + "/" + entry.getKey());
        if (kind != Kind.TEXT) {
            throw new PermanentFailure(
                    "nothing was loaded: the zip holds a workbook or another zip; unpack it and bring"
                            + " what is in it file=" + name + " entry=" + entry.getKey());
        }
        TextTraits traits = TextTraits.of(entry.getKey(), bytes);
        if (checked.getChecksum().getValue() != entry.getValue().getCrc()) {
            throw new ZipException("the checksum of " + entry.getKey() + " is wrong");
        }
        return new Text(entry.getKey(), () -> read(path, name, entry.getValue()), traits);
    }

    private static Map<String, ZipEntry> tables(ZipFile zip, String name) {
        Map<String, ZipEntry> tables = new TreeMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String base = FileName.base(entry.getName());
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

    private static PermanentFailure broken(String name, IOException e) {
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
}
