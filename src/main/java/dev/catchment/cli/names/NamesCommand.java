package dev.catchment.cli.names;

import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.names.figure.FoldedName;
import dev.catchment.names.figure.Gender;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment names}. */
@Command(
        name = "names",
        mixinStandardHelpOptions = true,
        description = "Queries the baby-name statistics.",
        footer = {
            "",
            "Examples:",
            "  catchment names top --country US --year 2023",
            "  catchment names trend Emma --country GB",
            "  catchment names gender Jordan",
            "  catchment names search Em",
            "",
            "* after a figure: covers only some regions of the country."
        })
public final class NamesCommand {
    /** Lists ten unless told otherwise. */
    static final class TopLimit extends RowLimit {
        TopLimit() {
            super(10);
        }
    }

    private static final String[] RELEASES =
            ("dataset source region filename entry status first_year last_year figures births added changed removed"
                            + " living slices uploaded_at")
                    .split(" ");
    private static final String[] REVISIONS =
            "year gender figures births added changed removed replaces is_living".split(" ");

    @Spec
    private CommandSpec spec;

    @Command(
            name = "top",
            mixinStandardHelpOptions = true,
            description = "Lists the most popular names of a country in a year.",
            footer = {"", "Example:", "  catchment names top --country GB --gender F --limit 5"})
    int top(
            @Option(names = "--country", paramLabel = "C", required = true, description = "Country: US, GB, CA or AU.")
                    String country,
            @Option(names = "--year", paramLabel = "Y", description = "Year. Default: the latest one loaded.")
                    Integer year,
            @Option(names = "--gender", paramLabel = "M|F", description = "Only this gender. Default: both.")
                    Gender gender,
            @Mixin TopLimit limit,
            @Option(names = "--json", description = "Print one JSON object per name.") boolean json) {
        Map<String, Object> asked = asked(country, gender, limit.rows());
        asked.put("year", year);
        return show("names/list-top-names", asked, json, "country", "year", "gender", "rank", "name", "count", "share");
    }

    @Command(
            name = "trend",
            mixinStandardHelpOptions = true,
            description = "Shows how often a name was given, year by year.",
            footer = {"", "Example:", "  catchment names trend Olivia --country US --gender F"})
    int trend(
            @Parameters(paramLabel = "NAME", description = "What to look up, in upper or lower case.") String name,
            @Option(names = "--country", paramLabel = "C", description = "Only this country. Default: all, one by one.")
                    String country,
            @Option(names = "--gender", paramLabel = "M|F", description = "Only this gender. Default: both.")
                    Gender gender,
            @Option(names = "--json", description = "Print one JSON object per year.") boolean json) {
        Map<String, Object> asked = asked(country, gender, null);
        asked.put("key", FoldedName.of(name.strip()));
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> rows = rows(database, "names/list-name-trend", asked);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                rows.forEach(row -> out.println(Summary.write(row)));
            } else {
                out.print(rows.isEmpty() ? nothing() : TrendChart.of(rows));
            }
            out.flush();
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "gender",
            mixinStandardHelpOptions = true,
            description = "Shows the share of each gender among the bearers of a name.",
            footer = {"", "Example:", "  catchment names gender Jordan --country US"})
    int gender(
            @Parameters(paramLabel = "NAME", description = "What to look up, in upper or lower case.") String name,
            @Option(
                            names = "--country",
                            paramLabel = "C",
                            description = "Only this country. Default: each, and all together.")
                    String country,
            @Option(names = "--json", description = "Print one JSON object per country.") boolean json) {
        Map<String, Object> asked = asked(country, null, null);
        asked.put("key", FoldedName.of(name.strip()));
        return show(
                "names/list-name-genders",
                asked,
                json,
                "country name female_count male_count female_probability male_probability".split(" "));
    }

    @Command(
            name = "search",
            mixinStandardHelpOptions = true,
            description = "Finds names by their first letters, ignoring accents; * matches any letters.",
            footer = {"", "Examples:", "  catchment names search zoe", "  catchment names search '*beth' --country US"})
    int search(
            @Parameters(paramLabel = "LETTERS", description = "What to look up, in upper or lower case.")
                    String letters,
            @Option(names = "--country", paramLabel = "C", description = "Only this country. Default: all.")
                    String country,
            @Mixin RowLimit limit,
            @Option(names = "--json", description = "Print one JSON object per name.") boolean json) {
        Map<String, Object> asked = asked(country, null, limit.rows());
        asked.put("pattern", pattern(letters));
        return show(
                "names/list-names-like",
                asked,
                json,
                "country name female_count male_count first_year last_year".split(" "));
    }

    @Command(
            name = "releases",
            mixinStandardHelpOptions = true,
            description = "Lists the published files that were loaded, or what one of them changed.",
            footer = {
                "",
                "Examples:",
                "  catchment names releases --source us-ssa",
                "  catchment names releases 1f2e3d4c       what it changed, year by year"
            })
    int releases(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DATASET",
                            description = "Id of a dataset, or its first characters.")
                    String dataset,
            @Option(names = "--source", paramLabel = "S", description = "Only this source. Default: all.")
                    String source,
            @Mixin RowLimit limit,
            @Option(names = "--json", description = "Print one JSON object per row.") boolean json) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("dataset", dataset);
        asked.put("source", source);
        asked.put("most", limit.rows());
        boolean isOne = dataset != null;
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Table.print(
                    spec.commandLine().getOut(),
                    database.rows(isOne ? "names/list-revisions" : "names/list-releases", asked),
                    json,
                    "No such release.%n".formatted(),
                    isOne ? REVISIONS : RELEASES);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = {
                "Restores the figures of an earlier release.",
                "The figures that had replaced them no longer count, but are kept."
            },
            footer = {"", "Example:", "  catchment names restore 1f2e3d4c"})
    int restore(
            @Parameters(paramLabel = "DATASET", description = "Id of a dataset, or its first characters.")
                    String dataset) {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            List<Map<String, Object>> rows = database.rows("names/update-restored-dataset", Map.of("dataset", dataset));
            if (rows.isEmpty()) {
                throw new IllegalArgumentException(
                        "No release %s, or more than one. 'catchment names releases' lists them.".formatted(dataset));
            }
            database.rows("names/refresh-statistics", Map.of("wait", true));
            Map<String, Object> row = rows.get(0);
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    "Restored %,d figures of %,d years and genders; %,d figures that had replaced them no longer count."
                            .formatted(row.get("restored"), row.get("slices"), row.get("replaced")));
            out.flush();
        }
        return ExitCode.DONE;
    }

    /** Of LIKE, where some letters mean something else than themselves. */
    private static String pattern(String letters) {
        return FoldedName.of(letters.strip()).replaceAll("[\\\\%_]", "\\\\$0").replace('*', '%') + "%";
    }

    private static Map<String, Object> asked(String country, Gender gender, Integer most) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("country", country);
        asked.put("gender", gender == null ? null : gender.name());
        asked.put("most", most);
        return asked;
    }

    private int show(String statement, Map<String, Object> asked, boolean json, String... columns) {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> rows = rows(database, statement, asked);
            rows.forEach(row -> mark(row, json));
            Table.print(spec.commandLine().getOut(), rows, json, nothing(), columns);
        }
        return ExitCode.DONE;
    }

    private static List<Map<String, Object>> rows(Database database, String statement, Map<String, Object> asked) {
        List<String> countries = database.rows("names/list-countries", Map.of()).stream()
                .map(row -> (String) row.get("code"))
                .toList();
        String country = (String) asked.get("country");
        if (country != null && !countries.contains(country.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "Unknown country %s; --country takes one of %s.".formatted(country, String.join(", ", countries)));
        }
        return database.rows(statement, asked);
    }

    private static void mark(Map<String, Object> row, boolean json) {
        if (!json && Boolean.TRUE.equals(row.get("is_partial"))) {
            row.put("count", row.get("count") + "*");
        }
    }

    private static String nothing() {
        return "No data for this query. 'catchment names releases' lists what is loaded.%n".formatted();
    }
}
