package dev.catchment.cli.web;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.settings.SettingRule;
import dev.catchment.web.gate.Bcrypt;
import dev.catchment.web.gate.Tokens;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment keys create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {"Makes an API key and prints it.", "It is shown this once: only a hash of it is kept."},
        footer = {
            "",
            "Example:",
            "  key=$(catchment keys create dashboard --expires 90d)",
            "  curl -H \"Authorization: Bearer $key\" localhost:8080/api/v1/runs"
        })
final class KeysCreateCommand implements Callable<Integer> {
    private static final int LONGEST = 100;
    /** One that is gone before it is copied is a slip, and so is one that outlives its program. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    private static final Duration LONGEST_LIFE = Duration.ofDays(3_650);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "What the key is for, or whose it is.")
    private String name;

    @Mixin
    private Role role = new Role();

    @Option(
            names = "--expires",
            paramLabel = "D",
            description = {"How long it is valid, such as 12h or 90d, at most 3650d;", "until it is revoked by default."
            })
    private String expires;

    @Option(names = "--json", description = "Print one JSON object, with the key in it.")
    private boolean json;

    @Override
    public Integer call() {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new ParameterException(spec.commandLine(), "NAME takes 1 to %d characters.".formatted(LONGEST));
        }
        String id = UUID.randomUUID().toString();
        String secret = Tokens.random();
        Map<String, Object> made = new HashMap<>();
        made.put("id", id);
        made.put("key_hash", Bcrypt.hash(secret));
        made.put("name", name);
        made.put("role", role.name());
        made.put("expires_at", expiry());
        try (Database database = Session.open(spec, false).currentDatabase()) {
            List<Map<String, Object>> rows = database.rows("web/insert-key", made);
            if (rows.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is a valid key called %s. Choose another name, or revoke that one: 'catchment keys revoke %s'."
                                .formatted(name, name));
            }
            Map<String, Object> row = new LinkedHashMap<>(rows.get(0));
            PrintWriter out = spec.commandLine().getOut();
            row.put("key", id + "." + secret);
            out.println(json ? Summary.write(row) : row.get("key"));
            out.flush();
        }
        return ExitCode.DONE;
    }

    private String expiry() {
        if (expires == null) {
            return null;
        }
        Duration life = life();
        if (life.compareTo(SHORTEST_LIFE) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--expires takes a duration from 1m to 3650d, such as 12h or 90d. Leave it out for a key that is valid until"
                            + " it is revoked.");
        }
        return Instant.now().plus(life).toString();
    }

    private Duration life() {
        try {
            return SettingRule.duration(expires);
        } catch (IllegalArgumentException e) {
            return Duration.ZERO;
        }
    }
}
