package dev.catchment.export;

import dev.catchment.flow.RunOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An export that is wanted.
 *
 * @param formats of {@link #FORMATS}
 * @param to the folder that it becomes a folder of; null for the one of the settings
 * @param trigger what asked for it
 */
public record ExportOrder(Set<String> formats, Path to, String trigger) {
    public static final List<String> FORMATS = List.of("parquet", "csv", "ndjson", "dcat-us", "dcat-ap");

    /** @throws IllegalArgumentException if there is no such format; says which there are */
    public ExportOrder {
        for (String format : formats) {
            if (!FORMATS.contains(format)) {
                throw new IllegalArgumentException(
                        "There is no format %s. Formats: %s.".formatted(format, String.join(", ", FORMATS)));
            }
        }
    }

    /** @param formats separated by commas */
    static Set<String> formats(String formats) {
        return new TreeSet<>(Arrays.asList(formats.strip().split("\\s*,\\s*")));
    }

    /** One at a time: each reads all there is. */
    public RunOrder run() {
        return RunOrder.whole("export", "export", "catalogue", trigger, false);
    }
}
