package dev.catchment.cli.policy;

import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy show}. */
@Command(
        name = "show",
        description = "Shows a source, its rules, checks and versions, or the text of a version.",
        footer = {
            "",
            "Examples:",
            "  catchment policy show 'GB Visit visa'",
            "  catchment policy show 'GB Visit' --version 3 > third.txt",
            "  catchment policy show 'GB Visit' --text | less",
            "  catchment policy show 'GB Visit' --held | less",
            "  catchment policy show 'GB Visit' --version 3 --links"
        })
final class PolicyShowCommand implements Callable<Integer> {
    private static final String[] FETCHES = "fetched_at outcome status bytes milliseconds cause message".split(" ");
    private static final String[] VERSIONS =
            "version fetched_at characters links is_technical added removed".split(" ");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "Name of the source or how it begins, its URL or id.")
    private String source;

    // Here it is a version of the page, and not the question for that of the program.
    @Option(names = "--version", paramLabel = "N", description = "Print only the text of this version.")
    private Integer version;

    @Option(names = "--text", description = "Print only the text of the latest version.")
    private boolean text;

    @Option(names = "--held", description = "Print only the text on hold.")
    private boolean held;

    @Option(names = "--links", description = "Print the links of the version instead.")
    private boolean links;

    @Mixin
    private RowLimit limit = new RowLimit(5);

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        int rows = limit.rows();
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = Session.open(spec, false).askedDatabase()) {
            String id = PolicySource.id(database, source);
            if (held) {
                out.print(held(PolicySource.candidate(database, id)));
            } else if (version != null || text || links) {
                out.print(version(PolicySource.version(database, id, version)));
            } else {
                show(out, database, id, rows);
            }
            out.flush();
        }
        return ExitCode.DONE;
    }

    private String held(Map<String, Object> candidate) {
        return json
                ? Summary.write(candidate) + System.lineSeparator()
                : Objects.toString(candidate.get("raw_text"), "");
    }

    private String version(Map<String, Object> held) {
        if (json) {
            return Summary.write(held) + System.lineSeparator();
        }
        return links
                ? ((List<?>) held.get("links"))
                        .stream().map(link -> link + "\n").collect(Collectors.joining())
                : (String) held.get("raw_text");
    }

    private void show(PrintWriter out, Database database, String id, int rows) {
        Map<String, Object> held = PolicySource.find(database, id);
        Map<String, Object> asked = Map.of("source", id, "most", rows);
        List<Map<String, Object>> fetches = database.rows("policy/list-fetches", asked);
        List<Map<String, Object>> versions = database.rows("policy/list-versions", asked);
        if (json) {
            held.put("fetches", fetches);
            held.put("version_list", versions);
            out.println(Summary.write(PolicySource.parsed(held, "metadata")));
            return;
        }
        held.forEach((field, value) -> out.println("%-24s %s"
                .formatted(field, Objects.toString(Moments.plain(value), ""))
                .stripTrailing()));
        String checks = fetches.isEmpty() ? "Not checked yet.%n".formatted() : Table.of(fetches, FETCHES);
        String texts = versions.isEmpty() ? "" : "%n%s".formatted(Table.of(versions, VERSIONS));
        out.printf("%n%s%s", checks, texts);
    }
}
