package dev.catchment.cli.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.catalog.DiscoveryCrawls;
import dev.catchment.cli.output.WholeFile;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment index}. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an index file from the catalogue.",
            "The file lists the portals and their assets, each asset as the API returned it;",
            "'catchment seed' reads it."
        },
        footer = {
            "",
            "Examples:",
            "  catchment index --domain data.sfgov.org --out sf.index.json",
            "  catchment index --region us --ndjson --out us.ndjson.gz   compressed",
            "  catchment index --domain data.sfgov.org --ndjson | wc -l"
        })
public final class IndexCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Option(names = "--domain", paramLabel = "D", arity = "1..*", description = "Portals to list. Default: all.")
    private List<String> domains = List.of();

    @Option(names = "--region", paramLabel = "us|eu", description = "Region to list. Default: both.")
    private String region;

    @Option(names = "--ndjson", description = "One record per line, not one object with two arrays.")
    private boolean ndjson;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write. Default: standard output.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        if (region != null && !DiscoveryCrawls.REGIONS.contains(region)) {
            throw new ParameterException(spec.commandLine(), "--region takes us or eu, not " + region + ".");
        }
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Map<String, Object> scope = scope();
            IndexFile index = new IndexFile(
                    take -> database.eachRow("catalog/list-index-sources", scope, take),
                    take -> database.eachRow("catalog/list-index-assets", scope, take));
            if (out == null) {
                index.write(System.out, ndjson);
            } else {
                write(index);
            }
            return index.assets() > 0 ? ExitCode.DONE : empty();
        }
    }

    private int empty() {
        spec.commandLine().getErr().println("catchment: no asset in the catalogue matches; the index is empty.");
        return ExitCode.FAILED;
    }

    private Map<String, Object> scope() throws JsonProcessingException {
        Map<String, Object> scope = new HashMap<>();
        scope.put("region", region);
        scope.put(
                "domains",
                JSON.writeValueAsString(
                        domains.stream().map(d -> d.toLowerCase(Locale.ROOT)).toList()));
        return scope;
    }

    private void write(IndexFile index) throws IOException {
        WholeFile.write(out, file -> {
            try (OutputStream packed = out.toString().endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file) {
                index.write(packed, ndjson);
            }
        });
        spec.commandLine()
                .getErr()
                .printf("Wrote %d portals and %d assets to %s.%n", index.sources(), index.assets(), out);
    }
}
