package dev.catchment.cli.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.cli.kinds.DeclaredKinds;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.harvest.source.SourceFields;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment sources add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a source: a portal of a kind, due at once.",
            "The URL is what the kind adds its paths to; for kinds that read one document it",
            "is the document."
        },
        footer = {
            "",
            "Examples:",
            "  catchment sources add ckan https://open.canada.ca/data --name canada",
            "  catchment sources add dcat-us https://www.justice.gov/data.json --name justice",
            "  catchment sources add ckan https://data.example.org --secret PORTAL_KEY"
        })
final class SourcesAddCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KIND", description = "Kind of the portal.")
    private String kind;

    @Parameters(index = "1", paramLabel = "URL", description = "URL of the portal.")
    private String url;

    @Option(
            names = "--name",
            paramLabel = "N",
            description = {
                "Name it is known by: small letters, digits, dots,",
                "hyphens, underscores. Default: made of the URL."
            })
    private String name;

    @Option(names = "--title", paramLabel = "T", description = "Title, for people.")
    private String title;

    @Option(names = "--country", paramLabel = "C", description = "Country of ISO 3166-1, such as GB.")
    private String country;

    @Option(names = "--language", paramLabel = "L", description = "Language of its records, such as en.")
    private String language;

    @Mixin
    private SourceAccess access;

    @Option(
            names = "--schedule",
            paramLabel = "CRON",
            description = {"When it is walked; Quartz cron in UTC, seconds first.", "Default: that of its kind."})
    private String schedule;

    @Option(names = "--inactive", description = "Add it paused.")
    private boolean inactive;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Session session = Session.open(spec, false);
        Map<String, Object> row = row(session);
        try (Database database = session.currentDatabase()) {
            Map<String, Object> added =
                    database.rows("harvest/insert-source", row).get(0);
            if (added.get("source_id") == null) {
                throw new IllegalArgumentException(refusal(row, added));
            }
            say(session, row, added);
        }
        return ExitCode.DONE;
    }

    private Map<String, Object> row(Session session) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("kind", kind)
                .put("url", url)
                .put("name", name)
                .put("title", title)
                .put("country", country);
        written.put("language", language).put("secret", access.secret()).put("schedule", schedule);
        access.options().forEach(written.withObjectProperty("options")::put);
        try {
            Kinds kinds = DeclaredKinds.of(session);
            if (kinds.all().containsKey(kind)) {
                kinds.get(kind); // one whose declaration is wrong is refused with its line
            }
            ObjectNode row = SourceFields.row(written, kinds.readable());
            Map<String, Object> parameters = new HashMap<>();
            row.properties().forEach(field -> parameters.put(field.getKey(), text(field.getValue())));
            parameters.put("is_active", !inactive);
            return parameters;
        } catch (BadRecord bad) {
            throw new IllegalArgumentException(bad.getMessage(), bad);
        }
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? null : value.isObject() ? value.toString() : value.asText();
    }

    private static String refusal(Map<String, Object> row, Map<String, Object> added) {
        return Boolean.TRUE.equals(added.get("is_name_held"))
                ? "There is a source %s already; choose another --name, or remove that one first. 'catchment sources show %1$s' shows it."
                        .formatted(row.get("name"))
                : "%s is held already, as the source %s%s. 'catchment sources show %2$s' shows it."
                        .formatted(
                                row.get("url"),
                                added.get("held_as"),
                                row.get("url").equals(added.get("held_url")) ? "" : " (" + added.get("held_url") + ")");
    }

    private void say(Session session, Map<String, Object> row, Map<String, Object> added) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("source_id", added.get("source_id"));
            List.of("name", "kind", "url", "is_active").forEach(field -> said.put(field, row.get(field)));
            out.println(Summary.write(said));
        } else {
            out.printf(
                    "Added %s (%s, %s). %s%n",
                    row.get("name"),
                    row.get("kind"),
                    row.get("url"),
                    inactive
                            ? "It is paused; 'catchment sources resume %s' has it walked.".formatted(row.get("name"))
                            : "The service walks it next; 'catchment harvest --source %s' does so now."
                                    .formatted(row.get("name")));
        }
        out.flush();
        String secret = access.secret();
        if (secret != null
                && Objects.requireNonNullElse(session.environment().get(secret), "")
                        .isBlank()) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "catchment: WARN: %s is not set here. Set it for the service, or the portal is asked without it.%n",
                            secret);
        }
    }
}
