package dev.catchment.cli.policy;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.settings.SettingRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment policy changes}. */
@Command(
        name = "changes",
        mixinStandardHelpOptions = true,
        description = "Lists changes, the latest first.",
        footer = {
            "",
            "Examples:",
            "  catchment policy changes --since 7d",
            "  catchment policy changes --since 2026-11-01 --technical --json",
            "",
            "A technical change comes from new rules or a new way of reading the page, not",
            "from the page itself; no alerts are sent for it."
        })
final class PolicyChangesCommand implements Callable<Integer> {
    private static final String[] LISTED =
            "detected_at name country visa_type old_version new_version added removed alerts".split(" ");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = {"A day, a time with its zone, or an age: 36h, 7d.", "Default: all."})
    private String since;

    @Option(names = "--technical", description = "Include technical changes.")
    private boolean technical;

    @Option(names = "--json", description = "Print one JSON object per change.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> asked = new HashMap<>();
        asked.put("since", since == null ? null : moment(since).toString());
        asked.put("is_technical", technical);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> changes = database.rows("policy/list-changes", asked);
            Table.print(spec.commandLine().getOut(), changes, json, "Nothing changed.%n".formatted(), LISTED);
        }
        return ExitCode.DONE;
    }

    private Instant moment(String said) {
        try {
            if (said.matches("\\d+(ms|s|m|h|d)")) {
                Duration ago = SettingRule.duration(said);
                return Instant.now().minus(ago);
            }
            return said.contains("T")
                    ? OffsetDateTime.parse(said).toInstant()
                    : LocalDate.parse(said).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--since takes a day such as 2026-11-01, a time with its zone such as"
                            + " 2026-11-01T00:00:00Z, or an age such as 7d; not " + said + ".");
        }
    }
}
