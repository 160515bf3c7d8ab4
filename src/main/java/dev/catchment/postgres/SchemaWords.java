package dev.catchment.postgres;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Why the schema could not be looked at or changed, and what to do: Flyway says it in blocks meant for its users. */
final class SchemaWords {
    private static final String STAYS = "What was applied before stays; the step that failed left nothing behind. ";

    private SchemaWords() {}

    /** @param what could not be done, such as {@code The schema could not be brought up} */
    static Database.Unusable unusable(String what, Throwable failure) {
        return new Database.Unusable(what + ": " + reason(failure), failure);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof FlywayValidateException) {
            return "a step that was applied is not the one this program has. (" + detail((FlywayException) failure)
                    + ".) Run the Catchment that applied it, or put its file back.";
        }
        SQLException root = SqlWords.root(failure);
        if (root == null) {
            return SqlWords.line(failure) + ".";
        }
        return "%s (SQLSTATE %s). %s".formatted(SqlWords.line(root), root.getSQLState(), advice(root));
    }

    /** Its second line: the first says only that validation failed. */
    private static String detail(FlywayException failure) {
        return failure.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Migration") || line.startsWith("Detected"))
                .findFirst()
                .orElse(SqlWords.line(failure))
                .replaceFirst("\\.$", "");
    }

    private static String advice(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "42501" ->
                STAYS + "The role lacks a right: 'grant create on database …' and 'grant create on schema"
                        + " public', see README.md, Your own PostgreSQL.";
            case "42P06", "42P07" ->
                STAYS + "Something of that name was there before Catchment: name another database in DATABASE_URL,"
                        + " or move it away.";
            case "53100" -> STAYS + "Make room on the disk of the server.";
            case "25006" -> "The server is a read-only copy: name the primary one in DATABASE_URL.";
            default -> STAYS + "The log of the server says more.";
        };
    }
}
