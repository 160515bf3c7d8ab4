package dev.catchment.cli.web;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment keys revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revokes an API key: its next request is refused.",
        footer = {"", "Example:", "  catchment keys revoke dashboard"})
final class KeysRevokeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "KEY",
            description = {"Name of the key, or its id, of which the first eight", "characters will do."})
    private String key;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            List<Map<String, Object>> meant = database.rows("web/update-revoked-key", Map.of("key", key));
            if (meant.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "There is no key %s. 'catchment keys list' lists them.".formatted(key));
            }
            if (meant.size() > 1) {
                throw new ParameterException(
                        spec.commandLine(), "%d keys are called %s. Name one by its id.".formatted(meant.size(), key));
            }
            boolean isNow = Boolean.TRUE.equals(meant.get(0).get("is_revoked_now"));
            spec.commandLine()
                    .getOut()
                    .println((isNow ? "Revoked %s." : "%s was revoked before.")
                            .formatted(meant.get(0).get("name")));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
