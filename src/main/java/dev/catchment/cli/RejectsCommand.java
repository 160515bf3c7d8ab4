package dev.catchment.cli;

import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.WholeFile;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment rejects}. */
@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        description = "Writes all rejects of a run, each with its reason and the record as it came.",
        footer = {
            "",
            "Examples:",
            "  catchment rejects 42 --out rejects.ndjson",
            "  catchment rejects 42 --reason no-name --format csv > rejects.csv",
            "",
            "Of each reason at most 1,000 are kept; 'catchment runs 42' counts them."
        })
final class RejectsCommand implements Callable<Integer> {
    private static final List<String> FIELDS =
            List.of("run", "position", "key", "reason", "severity", "message", "record", "rejected_at");

    /** How the records of a file are written. */
    enum Format {
        ndjson,
        csv
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run whose rejects are written.")
    private long run;

    @Option(names = "--reason", paramLabel = "R", description = "Only rejects of this reason, such as no-name.")
    private String reason;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "ndjson",
            description = "ndjson, one object per line, or csv. Default: ndjson.")
    private Format format;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write. Default: standard output.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            if (database.rows("ops/list-runs", Map.of("run", run, "most", 1)).isEmpty()) {
                throw new IllegalArgumentException("No run %d. 'catchment runs' lists the latest.".formatted(run));
            }
            if (file == null) {
                PrintWriter out = spec.commandLine().getOut();
                write(database, out);
                out.flush();
            } else {
                toFile(database);
            }
        }
        return ExitCode.DONE;
    }

    private void toFile(Database database) throws IOException {
        long[] rejects = {0};
        WholeFile.write(file, bytes -> {
            try (PrintWriter out = new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
                rejects[0] = write(database, out);
                if (out.checkError()) {
                    throw new IOException("%s could not be written to its end: is the disk full?".formatted(file));
                }
            }
        });
        spec.commandLine().getErr().printf("catchment: %,d rejects written to %s.%n", rejects[0], file);
    }

    private long write(Database database, PrintWriter out) {
        if (format == Format.csv) {
            out.print(String.join(",", FIELDS) + "\r\n");
        }
        Map<String, Object> asked = new HashMap<>(Map.of("run", run, "after", 0L));
        asked.put("reason", reason);
        long written = 0;
        List<Map<String, Object>> rows = database.rows("ops/list-run-rejects", asked);
        while (!rows.isEmpty()) {
            rows.forEach(row -> out.print(line(row)));
            written += rows.size();
            asked.put("after", rows.get(rows.size() - 1).get("id"));
            rows = database.rows("ops/list-run-rejects", asked);
        }
        return written;
    }

    private String line(Map<String, Object> row) {
        if (format == Format.csv) {
            return FIELDS.stream()
                            .map(field -> cell(Objects.toString(Moments.plain(row.get(field)), "")))
                            .collect(Collectors.joining(","))
                    + "\r\n";
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        FIELDS.forEach(field -> fields.put(field, row.get(field)));
        return Summary.write(fields) + "\n";
    }

    /** RFC 4180. */
    private static String cell(String text) {
        return Stream.of(",", "\"", "\n", "\r").anyMatch(text::contains)
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
