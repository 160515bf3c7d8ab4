package dev.catchment.cli.policy;

import dev.catchment.cli.session.Session;
import dev.catchment.policy.RenormaliseOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment policy renormalise}. */
@Command(
        name = "renormalise",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds texts from the stored pages.",
            "Does so where the rules of a page, or the libraries that read it, have changed.",
            "A text that differs becomes a technical version: no alerts are sent. No page is",
            "fetched. 'policy watch' does the same for each page before visiting it."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy renormalise --dry-run     show what new rules would change",
            "  catchment policy renormalise --source 'GB Visit visa'"
        })
final class PolicyRenormaliseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = {"Only this one: its name or how it begins, its URL or id.", "Default: all."})
    private String source;

    @Option(names = "--dry-run", description = "Compare, but write nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per page on standard output, and", "nothing else."})
    private boolean json;

    @Override
    public Integer call() {
        String nothing = "Every text is up to date.%n".formatted();
        return new PolicyRun(spec, source, json, nothing, "source", "text", "added", "removed", "message")
                .run(
                        Session.open(spec, false),
                        dryRun,
                        (id, name) -> new RenormaliseOrder(id, name, dryRun),
                        (service, order) -> service.ask("policy-renormalise", order));
    }
}
