package dev.catchment.cli.policy;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy accept}. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = {
            "Accepts a text on hold as the next version of its page.",
            "It counts at the next check, which is due at once, if the page still says the",
            "same. To reject a text do nothing: it is dropped once the page no longer has it."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy list --failing            what is on hold, and why",
            "  catchment policy show 'GB Visit' --held    what it says",
            "  catchment policy accept 'GB Visit'",
            "  catchment policy accept 'GB Visit' 3174e98a   if several texts took turns",
            "  catchment policy watch --source 'GB Visit'"
        })
final class PolicyAcceptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Name of the source or how it begins, its URL or id.")
    private String source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "HASH",
            description = {
                "How the hash of the text begins; needed if it was",
                "another at first ('policy show --held --json')."
            })
    private String hash;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            String id = PolicySource.id(database, source);
            Object name = PolicySource.find(database, id).get("name");
            Map<String, Object> asked = new HashMap<>();
            asked.put("source", id);
            asked.put("hash", hash);
            if (database.rows("policy/update-accepted-candidate", asked).isEmpty()) {
                Object last = PolicySource.candidate(database, id).get("hash");
                throw new IllegalArgumentException(
                        "What is held of %s is not the text that was first seen, or not the one that was named: read it ('catchment policy show %s --held'), then accept it by its hash, %.8s."
                                .formatted(name, id, last));
            }
            spec.commandLine()
                    .getOut()
                    .println("%s: accepted. It counts at the next check, which is due now, if the page still says so."
                            .formatted(name));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
