package dev.catchment.cli.output;

import dev.catchment.settings.SettingRule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A moment as options take it: a day (UTC), a time with its zone, or an age such as 7d. */
public final class AskedMoment {
    private AskedMoment() {}

    /** @param said null for none @return ISO 8601 in UTC; null for none */
    public static String of(CommandSpec command, String option, String said) {
        if (said == null) {
            return null;
        }
        try {
            if (said.matches("\\d+(ms|s|m|h|d)")) {
                return Instant.now().minus(SettingRule.duration(said)).toString();
            }
            Instant moment = said.contains("T")
                    ? OffsetDateTime.parse(said).toInstant()
                    : LocalDate.parse(said).atStartOfDay(ZoneOffset.UTC).toInstant();
            return moment.toString();
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException wrong) {
            throw new ParameterException(
                    command.commandLine(),
                    option
                            + " takes a day such as 2026-11-01, a time with its zone such as 2026-11-01T00:00:00Z, or an age"
                            + " such as 7d; not " + said + ".");
        }
    }
}
