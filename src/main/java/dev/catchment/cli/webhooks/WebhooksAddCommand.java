package dev.catchment.cli.webhooks;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment webhooks add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {"Adds a webhook and prints the secret that signs its posts.", "The secret is printed this once."
        },
        footer = {
            "",
            "Examples:",
            "  catchment webhooks add mirror https://hooks.example.org/catchment",
            "  catchment webhooks add water https://hooks.example.org/w --query water",
            "  catchment webhooks add visas https://hooks.example.org/v --feed policy"
        })
final class WebhooksAddCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "What it is called here.")
    private String name;

    @Parameters(index = "1", paramLabel = "URL", description = "Where changes are posted to.")
    private String url;

    @Option(
            names = "--feed",
            paramLabel = "F",
            description = {"changes (of datasets) or policy (of pages); changes by", "default."})
    private String feed;

    @Option(names = "--source", paramLabel = "S", description = "Only changes of this source, or of this page.")
    private String source;

    @Option(names = "--portal", paramLabel = "D", description = "Only of this portal of the catalogue (its domain).")
    private String portal;

    @Option(names = "--query", paramLabel = "Q", description = "Only of datasets that say these words.")
    private String query;

    @Option(names = "--country", paramLabel = "CC", description = "Only of this country.")
    private String country;

    @Option(names = "--format", paramLabel = "F", description = "Only of datasets that are to be had in this format.")
    private String format;

    @Option(names = "--publisher", paramLabel = "P", description = "Only of publishers whose names contain this.")
    private String publisher;

    @Option(names = "--license", paramLabel = "L", description = "Only of licenses whose names contain this.")
    private String license;

    @Option(names = "--kind", paramLabel = "K", description = "Only of sources of this kind.")
    private String kind;

    @Option(
            names = "--after",
            paramLabel = "N",
            description = {"Also what came after this number, 0 for all there is; only", "what is new by default."})
    private Long after;

    @Option(names = "--json", description = "Print one JSON object, with the secret in it.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> asked = new HashMap<>(Map.of("name", name, "url", url));
        asked.put("feed", feed);
        asked.put("source", source);
        asked.put("portal", portal);
        asked.put("q", query);
        asked.put("country", country);
        asked.put("format", format);
        asked.put("publisher", publisher);
        asked.put("license", license);
        asked.put("kind", kind);
        asked.put("since", after);
        Session session = Session.open(spec, false);
        try (Database database = session.currentDatabase();
                Service service = session.service(database, Routes.of("webhooks", "mail"))) {
            Map<String, Object> added = service.ask("webhooks-manage-add", asked);
            if (added.get("lacks") != null) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "Changes up to number %s were deleted (harvest.changes.keep, or a source that was purged): those after %s will not be posted. Read the datasets as they are now, whole, if you need them."
                                        .formatted(added.get("lacks"), after));
                spec.commandLine().getErr().flush();
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? Summary.write(added) : added.get("secret"));
            out.flush();
        }
        return ExitCode.DONE;
    }
}
