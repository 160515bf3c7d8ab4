package dev.catchment.cli;

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
            "Makes texts anew from the pages that were kept.",
            "It does so where the rules of a page, or the libraries that read it, are others",
            "now. A text that becomes another one is a technical version: nobody is told. No",
            "page is fetched. A watch does the same for each page before it is visited."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy renormalise --dry-run     what would other rules do?",
            "  catchment policy renormalise --source 'GB Visit visa'"
        })
final class PolicyRenormaliseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = {"This one: its name, the beginning of it, its URL or id.", "Default: all."})
    private String source;

    @Option(names = "--dry-run", description = "Compare; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per page on standard output, and", "nothing else."})
    private boolean json;

    @Override
    public Integer call() {
        String nothing = "Every text is as its rules make it.%n".formatted();
        return new PolicyRun(spec, source, json, nothing, "source", "text", "added", "removed", "message")
                .run(
                        Session.open(spec, false),
                        dryRun,
                        (id, name) -> new RenormaliseOrder(id, name, dryRun),
                        (service, order) -> service.ask("policy-renormalise", order));
    }
}
