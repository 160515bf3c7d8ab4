package dev.catchment.web.console;

import dev.catchment.support.PolicyRows;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A database as it is after some weeks. */
final class ConsoleRows {
    private static final String FIRST = """
            Skilled Worker visa
            You need a job offer from an approved employer.
            Your job must pay at least 38,700 pounds a year.
            You can apply from three months before you start work.
            The fee is 719 pounds.
            """;

    private ConsoleRows() {}

    static void fill() {
        try (InputStream in = ConsoleRows.class.getResourceAsStream("/web/console.sql")) {
            TestDatabase.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        PolicyRows policy = new PolicyRows(TestDatabase.get());
        policy.source("Skilled Worker visa", "GB");
        policy.version("Skilled Worker visa", FIRST);
        policy.version(
                "Skilled Worker visa",
                FIRST.replace("38,700", "41,700") + "From next year on, the fee is paid online only.\n");
        policy.source("Work permit <b>B1</b>", "DE");
        policy.version("Work permit <b>B1</b>", "A residence title for employment.\n");
        policy.source("Fees of visas", "FR");
    }
}
