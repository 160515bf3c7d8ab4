package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
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

    /** @throws PermanentFailure if it is broken, packs more than it may, or holds what is no text */
    static List<TextFile> open(Path path, ZipBudget.Limits limits) throws IOException {
        ZipBudget budget = new ZipBudget(limits, Files.size(path));
        List<TextFile> texts = new ArrayList<>();
        try (ZipFile zip = zip(path)) {
            budget.entries(zip.size());
            for (Map.Entry<String, ZipEntry> entry : tables(zip).entrySet()) {
                texts.add(text(path, entry, budget.metered(zip.getInputStream(entry.getValue()))));
            }
        } catch (ZipException | EOFException e) {
            throw broken(e);
        }
        if (texts.isEmpty()) {
            throw new PermanentFailure("The zip holds no table. Load the one that does.");
        }
        return texts;
    }

    /** Walked once in full, so that a bomb, a broken entry or an unknown encoding is met before a row is read. */
    private static TextFile text(Path path, Map.Entry<String, ZipEntry> entry, InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
        BufferedInputStream bytes = new BufferedInputStream(checked, FileKind.BYTES);
        bytes.mark(FileKind.BYTES);
        FileKind kind = FileKind.of(bytes.readNBytes(FileKind.BYTES));
        bytes.reset();
        if (kind != FileKind.TEXT) {
            throw kind.refused(entry.getKey());
        }
        Charset charset = TextCharset.of(entry.getKey(), bytes);
        if (checked.getChecksum().getValue() != entry.getValue().getCrc()) {
            throw new ZipException("the checksum of " + entry.getKey() + " is wrong");
        }
        return new TextFile(
                entry.getKey(),
                () -> read(path, entry.getValue()),
                charset,
                entry.getValue().getSize());
    }

    private static Map<String, ZipEntry> tables(ZipFile zip) {
        Map<String, ZipEntry> tables = new TreeMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String base = FileName.base(entry.getName());
            boolean passed = entry.isDirectory()
                    || entry.getName().matches("(?s)(.*[/\\\\])?__MACOSX[/\\\\].*")
                    || base.toLowerCase(Locale.ROOT).matches(ACCOMPANYING);
            if (!passed && tables.put(base, entry) != null) {
                throw new PermanentFailure(
                        "The zip holds two files named " + base + ", and only one can be right. Load the right one.");
            }
        }
        return tables;
    }

    /** Names of entries that are no UTF-8 are read as Latin 1, which never fails: only their digits and letters count. */
    private static ZipFile zip(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
        } catch (ZipException e) {
            throw broken(e);
        }
    }

    private static PermanentFailure broken(IOException e) {
        return new PermanentFailure(
                "The zip is broken or encrypted (" + e.getMessage() + "). Download it again, or unpack it.");
    }

    private static InputStream read(Path path, ZipEntry entry) throws IOException {
        ZipFile zip = zip(path);
        return new FilterInputStream(zip.getInputStream(entry)) {
            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }
}
