package dev.catchment.names;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.XlsWriter.Page;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.publisher.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as publishers write them, a few lines each. */
public record Published(Path folder) {
    public static final Formats FORMATS = new Formats();

    /** All there is to know of a file that was read. */
    public record Reading(List<Publication> publications, List<FileEntry> entries) {
        /** As {@code 1880 F Mary 7065}. */
        public List<String> figures() {
            return entries.stream()
                    .filter(FileEntry.Figure.class::isInstance)
                    .map(FileEntry.Figure.class::cast)
                    .map(one -> one.year() + " " + one.gender() + " " + one.name() + " " + one.count())
                    .toList();
        }

        /** As {@code bad-count: yob1880.txt line 7}. */
        public List<String> unusable() {
            return entries.stream()
                    .filter(FileEntry.Unusable.class::isInstance)
                    .map(FileEntry.Unusable.class::cast)
                    .map(one -> one.reason() + ": " + one.position())
                    .toList();
        }

        public long passed(FileEntry.Passed as) {
            return entries.stream().filter(as::equals).count();
        }

        public Publication publication() {
            return publications.get(0);
        }
    }

    public NamesFile text(String name, String text) throws IOException {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8), Hints.NONE);
    }

    public NamesFile text(String name, String text, Hints hints) throws IOException {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8), hints);
    }

    public NamesFile western(String name, String text) throws IOException {
        return bytes(name, text.getBytes("windows-1252"), Hints.NONE);
    }

    public NamesFile bytes(String name, byte[] bytes, Hints hints) throws IOException {
        return NamesFile.open(Files.write(folder.resolve("stored"), bytes), name, hints);
    }

    public NamesFile xls(String name, Page... pages) throws IOException {
        return NamesFile.open(XlsWriter.write(folder.resolve("stored"), pages), name, Hints.NONE);
    }

    public NamesFile xlsx(String name, Page... pages) throws IOException {
        return xlsx(name, Hints.NONE, pages);
    }

    public NamesFile xlsx(String name, Hints hints, Page... pages) throws IOException {
        return NamesFile.open(XlsxWriter.write(folder.resolve("stored"), pages), name, hints);
    }

    /** @param entries a name and a text by turns */
    public NamesFile zip(String name, String... entries) throws IOException {
        return bytes(name, zipped(entries), Hints.NONE);
    }

    public static byte[] zipped(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    public static Reading read(NamesFile file) throws IOException {
        List<Publication> publications = FORMATS.recognise(file);
        List<FileEntry> entries = new ArrayList<>();
        for (Publication publication : publications) {
            try (var read = FORMATS.named(publication.format()).read(file, publication)) {
                read.forEach(entries::add);
            }
        }
        return new Reading(publications, entries);
    }

    /** Something that opens a file. */
    public interface Opening {
        NamesFile open() throws IOException;
    }

    /** What is said to whoever brought a file that is not loaded. */
    public static String refusal(Opening opening) {
        return catchThrowableOfType(PermanentFailure.class, () -> FORMATS.recognise(opening.open()))
                .getMessage();
    }
}
