package dev.catchment.names;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.XlsWriter.Page;
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
record Published(Path folder) {
    static final Formats FORMATS = new Formats();

    /** All there is to know of a file that was read. */
    record Reading(List<Publication> publications, List<Entry> entries) {
        /** As {@code 1880 F Mary 7065}. */
        List<String> figures() {
            return entries.stream()
                    .filter(Entry.Figure.class::isInstance)
                    .map(Entry.Figure.class::cast)
                    .map(one -> one.year() + " " + one.gender() + " " + one.name() + " " + one.count())
                    .toList();
        }

        /** As {@code bad-count: yob1880.txt line 7}. */
        List<String> unusable() {
            return entries.stream()
                    .filter(Entry.Unusable.class::isInstance)
                    .map(Entry.Unusable.class::cast)
                    .map(one -> one.reason() + ": " + one.position())
                    .toList();
        }

        long passed(Entry.Passed as) {
            return entries.stream().filter(as::equals).count();
        }

        Publication publication() {
            return publications.get(0);
        }
    }

    NamesFile text(String name, String text) throws IOException {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8), Hints.NONE);
    }

    NamesFile text(String name, String text, Hints hints) throws IOException {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8), hints);
    }

    NamesFile western(String name, String text) throws IOException {
        return bytes(name, text.getBytes("windows-1252"), Hints.NONE);
    }

    NamesFile bytes(String name, byte[] bytes, Hints hints) throws IOException {
        return NamesFile.open(Files.write(folder.resolve("stored"), bytes), name, hints);
    }

    NamesFile xls(String name, Page... pages) throws IOException {
        return NamesFile.open(XlsWriter.write(folder.resolve("stored"), pages), name, Hints.NONE);
    }

    NamesFile xlsx(String name, Page... pages) throws IOException {
        return xlsx(name, Hints.NONE, pages);
    }

    NamesFile xlsx(String name, Hints hints, Page... pages) throws IOException {
        return NamesFile.open(XlsxWriter.write(folder.resolve("stored"), pages), name, hints);
    }

    /** @param entries a name and a text by turns */
    NamesFile zip(String name, String... entries) throws IOException {
        return bytes(name, zipped(entries), Hints.NONE);
    }

    static byte[] zipped(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    static Reading read(NamesFile file) throws IOException {
        List<Publication> publications = FORMATS.recognise(file);
        List<Entry> entries = new ArrayList<>();
        for (Publication publication : publications) {
            try (var read = FORMATS.named(publication.format()).read(file, publication)) {
                read.forEach(entries::add);
            }
        }
        return new Reading(publications, entries);
    }

    /** Something that opens a file. */
    interface Opening {
        NamesFile open() throws IOException;
    }

    /** What is said to whoever brought a file that is not loaded. */
    static String refusal(Opening opening) {
        return catchThrowableOfType(PermanentFailure.class, () -> FORMATS.recognise(opening.open()))
                .getMessage();
    }
}
