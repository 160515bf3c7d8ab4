package dev.catchment.cli.harvest;

import dev.catchment.cli.output.AskedMoment;
import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment datasets search}. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Lists datasets that say these words, the best first.",
            "Words count most in the title, then in keywords and publisher, then in the",
            "description; they are reduced in the language of the portal. If nothing is",
            "found, titles with a similar spelling are listed."
        },
        footer = {
            "",
            "Examples:",
            "  catchment datasets search 'air quality' --country CA --format csv --since 30d",
            "  catchment datasets search '\"air quality\" or smog -indoor'",
            "  catchment datasets search --source city-of-x --json"
        })
final class DatasetsSearchCommand implements Callable<Integer> {
    private static final int WIDTH = 160;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "WORDS",
            description = "As in a web search: \"a phrase\", or, -not. Default: all datasets.")
    private String words;

    @Option(names = "--country", paramLabel = "C", description = "Country of the dataset or its source, such as CA.")
    private String country;

    @Option(names = "--format", paramLabel = "F", description = "To be had in this format, such as csv.")
    private String format;

    @Option(names = "--publisher", paramLabel = "P", description = "Part of the publisher's name.")
    private String publisher;

    @Option(names = "--license", paramLabel = "L", description = "Part of the licence or its URL.")
    private String license;

    @Option(names = "--kind", paramLabel = "K", description = "Only sources of this kind, such as ckan.")
    private String kind;

    @Option(names = "--source", paramLabel = "S", description = "Only this source.")
    private String source;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = {"Modified since: a day, a time with its zone, or", "an age such as 30d."})
    private String since;

    @Mixin
    private RowLimit limit;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Leave out so many of the best.")
    private int offset;

    @Option(names = "--json", description = "Print one JSON object per dataset.")
    private boolean json;

    @Override
    public Integer call() {
        if (offset < 0) {
            throw new ParameterException(spec.commandLine(), "--offset takes a number of datasets, 0 or more.");
        }
        Map<String, Object> asked = new HashMap<>();
        asked.put("words", words == null || words.isBlank() ? null : words);
        asked.put("country", country);
        asked.put("format", format);
        asked.put("publisher", publisher);
        asked.put("license", license);
        asked.put("kind", kind);
        asked.put("source", source);
        asked.put("since", AskedMoment.of(spec, "--since", since));
        asked.put("most", limit.rows());
        asked.put("skip", offset);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> found = database.rows("harvest/find-datasets", asked);
            if (json) {
                Table.print(spec.commandLine().getOut(), found, true, "");
            } else {
                spec.commandLine().getOut().print(text(found));
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.DONE;
    }

    private static String text(List<Map<String, Object>> found) {
        if (found.isEmpty()) {
            return "No dataset was found.%n".formatted();
        }
        String guess = "title".equals(found.get(0).get("matched"))
                ? "No dataset says so; these titles are spelled almost so.%n".formatted()
                : "";
        return guess
                + Table.fitted(
                        found,
                        WIDTH,
                        List.of("title", "publisher", "formats"),
                        "title",
                        "publisher",
                        "country",
                        "formats",
                        "modified_at",
                        "source",
                        "key");
    }
}
