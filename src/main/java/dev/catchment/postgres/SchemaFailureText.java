package dev.catchment.postgres;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Why the schema could not be looked at or changed, and what to do: Flyway says it in blocks meant for its users. */
final class SchemaFailureText {
    private static final String STAYS = "Earlier steps stay applied; the failed step was rolled back. ";

    private SchemaFailureText() {}

    /** @param what could not be done, such as {@code The schema could not be brought up} */
    static Database.Unusable unusable(String what, Throwable failure) {
        return new Database.Unusable(what + ": " + reason(failure), failure);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof FlywayValidateException) {
            return "a step that was applied is not the one this program has. (" + detail((FlywayException) failure)
                    + ".) Run the Catchment that applied it, or put its file back.";
        }
        SQLException root = SqlFailureText.root(failure);
        if (root == null) {
            return SqlFailureText.line(failure) + ".";
        }
        return "%s (SQLSTATE %s). %s".formatted(SqlFailureText.line(root), root.getSQLState(), advice(root));
    }

    /** Its second line: the first says only that validation failed. */
    private static String detail(FlywayException failure) {
        return failure.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Migration") || line.startsWith("Detected"))
                .findFirst()
                .orElse(SqlFailureText.line(failure))
                .replaceFirst("\\.$", "");
    }

    private static String advice(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "42501" ->
                STAYS + "The role lacks a privilege: 'grant create on database …' and 'grant create on schema"
                        + " public', see docs/own-postgresql.md.";
            case "42P06", "42P07" ->
                STAYS + "Something of that name exists that is not Catchment's: name another database in DATABASE_URL,"
                        + " or rename it.";
            case "53100" -> STAYS + "Free some space on the server's disk.";
            case "25006" -> "The server is a read-only standby: name the primary in DATABASE_URL.";
            default -> STAYS + "See the server log.";
        };
    }
}
