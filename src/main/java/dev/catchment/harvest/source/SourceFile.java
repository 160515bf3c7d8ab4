package dev.catchment.harvest.source;

import com.github.luben.zstd.ZstdInputStream;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.CountedInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** A file of sources: YAML, CSV or JSON lines in UTF-8, plain or packed by gzip or zstd; its name says which. */
final class SourceFile {
    private static final int BUFFER = 1 << 16;

    private SourceFile() {}

    /** Whether there is a reader for a file of that name. */
    static boolean isKnown(Path file) {
        return reader(plainName(file)) != null;
    }

    /** @param read counts the bytes taken from the disk */
    static SourceEntries open(Path file, AtomicLong read) throws IOException {
        Function<InputStream, SourceEntries> reader = reader(plainName(file));
        if (reader == null) {
            throw new PermanentFailure(
                    "The name of %s ends in none of .yaml, .yml, .csv, .jsonl and .ndjson (plain, or followed by .gz or .zst)."
                            .formatted(file.getFileName()));
        }
        InputStream in = new CountedInput(new BufferedInputStream(Files.newInputStream(file), BUFFER), read);
        try {
            return reader.apply(new BufferedInputStream(unpacked(name(file), in), BUFFER));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream unpacked(String name, InputStream in) throws IOException {
        return name.endsWith(".zst") ? new ZstdInputStream(in) : name.endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static Function<InputStream, SourceEntries> reader(String name) {
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YamlEntries::new;
        }
        if (name.endsWith(".csv")) {
            return CsvEntries::new;
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? LineEntries::new : null;
    }

    private static String plainName(Path file) {
        return name(file).replaceFirst("\\.(gz|zst)$", "");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
