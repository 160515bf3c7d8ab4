package dev.catchment.cli.harvest;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.SourceTry;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment sources try}. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out of which kind a portal is, and shows what would be kept of it.",
            "Asks for a few records, each kind once; nothing is written. Of a kind that is",
            "one document all of it is read. Exits with 1 if no kind fits."
        },
        footer = {
            "",
            "Examples:",
            "  catchment sources try https://open.canada.ca/data",
            "  catchment sources try https://www.justice.gov/data.json --kind dcat-us",
            "  catchment sources try https://data.example.org --json | jq .records[].mapped"
        })
final class SourcesTryCommand implements Callable<Integer> {
    private static final int WIDTH = 120;
    private static final String[] COLUMNS = "key title publisher modified license formats problem".split(" ");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "URL of the portal, its API or document.")
    private String url;

    @Option(names = "--kind", paramLabel = "K", description = "Try this kind alone.")
    private String kind;

    @Mixin
    private SourceAccess access;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Session session = Session.open(spec, false);
        Map<String, Object> result;
        try (Database database = session.currentDatabase();
                Service service = session.service(database, Routes.of("harvest"))) {
            result = service.ask("harvest-try", new SourceTry.Order(url, kind, access.options(), access.secret()));
        }
        boolean isFound = result.get("kind") != null;
        result.put("command", isFound ? command(result) : null);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Summary.write(result));
        } else if (isFound) {
            say(out, result);
        } else {
            refuse(result);
        }
        out.flush();
        return isFound ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String command(Map<String, Object> result) {
        StringBuilder command = new StringBuilder("catchment sources add %s %s --name %s"
                .formatted(result.get("kind"), quoted((String) result.get("url")), result.get("name")));
        access.options().forEach((option, value) -> command.append(" --option ").append(quoted(option + "=" + value)));
        return access.secret() == null
                ? command.toString()
                : command.append(" --secret ").append(access.secret()).toString();
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void say(PrintWriter out, Map<String, Object> result) {
        List<Map<String, Object>> records = rows(result, "records");
        out.printf("%s is of the kind %s (%s).%n", result.get("url"), result.get("kind"), result.get("title"));
        out.println(
                result.get("total") == null
                        ? "It does not announce how many records it has."
                        : "It announces %,d records.".formatted(result.get("total")));
        out.println();
        out.print(
                records.isEmpty()
                        ? "It lists no record.%n".formatted()
                        : Table.fitted(records, WIDTH, List.of("title", "publisher", "license", "key"), COLUMNS));
        out.printf("%nNothing was written. To add it:%n  %s%n", result.get("command"));
    }

    private void refuse(Map<String, Object> result) {
        String tried = rows(result, "tried").stream()
                .map(each -> "  %s  %s  %s".formatted(each.get("kind"), each.get("url"), each.get("problem")))
                .collect(Collectors.joining("\n"));
        spec.commandLine()
                .getErr()
                .printf(
                        "catchment: ERROR: %s is of no kind that could be tried. Give the URL that its API begins with, or that of its document; 'catchment kinds list' lists the kinds.%n%s%n",
                        url, tried.isEmpty() ? "Nothing could be tried." : "Tried:\n" + tried);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> result, String field) {
        return (List<Map<String, Object>>) result.get(field);
    }
}
