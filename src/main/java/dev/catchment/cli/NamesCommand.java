package dev.catchment.cli;

import dev.catchment.names.FoldedName;
import dev.catchment.names.Gender;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment names}. */
@Command(
        name = "names",
        mixinStandardHelpOptions = true,
        subcommands = {ReleasesCommand.class, RestoreCommand.class},
        description = "Asks the baby-name statistics.",
        footer = {
            "",
            "Examples:",
            "  catchment names top --country US --year 2023",
            "  catchment names trend Emma --country GB",
            "  catchment names gender Jordan",
            "  catchment names search Em",
            "",
            "* after a figure: only some regions of the country are counted."
        })
final class NamesCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "top",
            mixinStandardHelpOptions = true,
            description = "The most given names of a country in a year.",
            footer = {"", "Example:", "  catchment names top --country GB --gender F --most 10"})
    int top(
            @Option(names = "--country", paramLabel = "C", required = true, description = "US, GB, CA or AU.")
                    String country,
            @Option(names = "--year", paramLabel = "Y", description = "Default: the last one held.") Integer year,
            @Option(names = "--gender", paramLabel = "M|F", description = "Default: both.") Gender gender,
            @Option(names = "--most", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
                    int most,
            @Option(names = "--json", description = "Print one JSON object per name.") boolean json) {
        Map<String, Object> asked = asked(country, gender, most);
        asked.put("year", year);
        return show("names/list-top-names", asked, json, "country", "year", "gender", "rank", "name", "count", "share");
    }

    @Command(
            name = "trend",
            mixinStandardHelpOptions = true,
            description = "How often a name was given, year by year.",
            footer = {"", "Example:", "  catchment names trend Olivia --country US --gender F"})
    int trend(
            @Parameters(paramLabel = "NAME", description = "In capitals or not.") String name,
            @Option(names = "--country", paramLabel = "C", description = "Default: all, each by itself.")
                    String country,
            @Option(names = "--gender", paramLabel = "M|F", description = "Default: both.") Gender gender,
            @Option(names = "--json", description = "Print one JSON object per year.") boolean json) {
        Map<String, Object> asked = asked(country, gender, null);
        asked.put("key", FoldedName.of(name.strip()));
        try (Database database = Session.open(spec, false).readDatabase()) {
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
            description = "How a name is shared between the genders, in percent of its bearers.",
            footer = {"", "Example:", "  catchment names gender Jordan --country US"})
    int gender(
            @Parameters(paramLabel = "NAME", description = "In capitals or not.") String name,
            @Option(names = "--country", paramLabel = "C", description = "Default: each, and all.") String country,
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
            description = "Names that begin with some letters, accents or not; * is any letters.",
            footer = {"", "Examples:", "  catchment names search zoe", "  catchment names search '*beth' --country US"})
    int search(
            @Parameters(paramLabel = "LETTERS", description = "In capitals or not.") String letters,
            @Option(names = "--country", paramLabel = "C", description = "Default: all.") String country,
            @Option(names = "--most", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
                    int most,
            @Option(names = "--json", description = "Print one JSON object per name.") boolean json) {
        Map<String, Object> asked = asked(country, null, most);
        asked.put("pattern", pattern(letters));
        return show(
                "names/list-names-like",
                asked,
                json,
                "country name female_count male_count first_year last_year".split(" "));
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
        try (Database database = Session.open(spec, false).readDatabase()) {
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
            throw new IllegalArgumentException("There is no country %s; --country takes one of %s."
                    .formatted(country, String.join(", ", countries)));
        }
        return database.rows(statement, asked);
    }

    private static void mark(Map<String, Object> row, boolean json) {
        if (!json && Boolean.TRUE.equals(row.get("is_partial"))) {
            row.put("count", row.get("count") + "*");
        }
    }

    private static String nothing() {
        return "Nothing is held of that. 'catchment names releases' lists what is.%n".formatted();
    }
}
