package dev.catchment.cli.policy;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.policy.diff.Diff;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what changed between two versions, as a unified diff.",
            "Coloured on a terminal, unless NO_COLOR is set; elsewhere plain, as 'patch'",
            "reads it."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy diff 'GB Visit'           the last change",
            "  catchment policy diff 'GB Visit' 2 5",
            "  catchment policy show 'GB Visit' --version 2 > text",
            "  catchment policy diff 'GB Visit' 2 5 | patch text"
        })
final class PolicyDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Name of the source or how it begins, its URL or id.")
    private String source;

    @Parameters(
            index = "1..2",
            arity = "0..2",
            paramLabel = "OLD NEW",
            hideParamSyntax = true,
            description = "Versions to compare. Default: the last two.")
    private List<Integer> versions = List.of();

    @Override
    public Integer call() {
        if (versions.size() == 1) {
            throw new ParameterException(spec.commandLine(), "Give two versions, or none for the last two.");
        }
        try (Database database = Session.open(spec, false).askedDatabase()) {
            String diff = diff(database, PolicySource.id(database, source));
            boolean isColoured = spec.commandLine().getColorScheme().ansi().enabled();
            spec.commandLine().getOut().print(isColoured ? coloured(diff) : diff);
            spec.commandLine().getOut().flush();
            if (diff.isEmpty()) {
                spec.commandLine().getErr().println("The two versions are identical.");
            }
        }
        return ExitCode.DONE;
    }

    private String diff(Database database, String id) {
        int last = (Integer) PolicySource.version(database, id, null).get("version");
        int old = versions.isEmpty() ? last - 1 : versions.get(0);
        int now = versions.isEmpty() ? last : versions.get(1);
        if (old == 0 && versions.isEmpty()) {
            throw new IllegalArgumentException("There is only one version: nothing has changed since the first check.");
        }
        List<Map<String, Object>> rows =
                database.rows("policy/find-diff", Map.of("source", id, "old", old, "new", now));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "No version %d or no version %d; the latest is %d.".formatted(old, now, last));
        }
        Map<String, Object> row = rows.get(0);
        return row.get("diff") != null
                ? (String) row.get("diff")
                : Diff.between((String) row.get("old_text"), (String) row.get("new_text"))
                        .unified();
    }

    private static String coloured(String diff) {
        return diff.lines().map(PolicyDiffCommand::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Nothing in the line is taken for markup: it is a stranger's text. */
    private static String line(String line) {
        String style = line.startsWith("+")
                ? "fg(green)"
                : line.startsWith("-") ? "fg(red)" : line.startsWith("@@") ? "fg(cyan)" : "";
        return style.isEmpty()
                ? line
                : Ansi.Style.on(Ansi.Style.parse(style)) + line + Ansi.Style.off(Ansi.Style.parse(style));
    }
}
