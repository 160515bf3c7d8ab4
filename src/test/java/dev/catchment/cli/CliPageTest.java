package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.postgres.connection.Statement;
import dev.catchment.sql.ScratchDatabase;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/cli.md is what the commands are; {@code ./mvnw test -Dtest=CliPageTest -Dupdate=true} writes it. */
class CliPageTest {
    private static final Path PAGE = Path.of("docs", "cli.md");
    /** Fields that are columns of a statement. */
    private static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("datasets history", "harvest/list-dataset-changes"),
            Map.entry("datasets search", "harvest/find-datasets"),
            Map.entry("datasets show", "harvest/find-dataset"),
            Map.entry("diff", "harvest/list-differences"),
            Map.entry("plan", "harvest/describe-plan"),
            Map.entry("jobs", "names/list-jobs"),
            Map.entry("jobs ID --rejects", "ops/list-rejects"),
            Map.entry("load", "names/list-jobs"),
            Map.entry("names gender", "names/list-name-genders"),
            Map.entry("names releases", "names/list-releases"),
            Map.entry("names releases ID", "names/list-revisions"),
            Map.entry("names search", "names/list-names-like"),
            Map.entry("names top", "names/list-top-names"),
            Map.entry("names trend", "names/list-name-trend"),
            Map.entry("policy alerts", "policy/list-messages"),
            Map.entry("policy changes", "policy/list-changes"),
            Map.entry("policy import", "policy/upsert-sources"),
            Map.entry("policy list", "policy/list-sources"),
            Map.entry("policy show", "policy/find-source"),
            Map.entry("sources list", "harvest/list-sources"),
            Map.entry("alerts", "ops/list-incidents"),
            Map.entry("keys create", "web/insert-key"),
            Map.entry("keys list", "web/list-keys"),
            Map.entry("users list", "web/list-users"),
            Map.entry("nodes", "ops/list-nodes"),
            Map.entry("runs", "ops/list-runs"),
            Map.entry("runs ID", "ops/list-runs"),
            Map.entry("verify catalog", "catalog/verify-catalog"),
            Map.entry("verify harvest", "harvest/verify-harvest"),
            Map.entry("verify names", "names/verify-names"),
            Map.entry("verify policy", "policy/verify-policy"),
            Map.entry("verify registry", "registry/verify-registry"));

    /** Fields that Java adds. */
    private static final Map<String, List<String>> ADDED = Map.ofEntries(
            Map.entry("crawl", Summary.FIELDS),
            Map.entry("demo", Summary.FIELDS),
            Map.entry("apply", Summary.FIELDS),
            Map.entry("export", Summary.FIELDS),
            Map.entry("undo", Summary.FIELDS),
            Map.entry("harvest retire", Summary.FIELDS),
            Map.entry("harvest remap", Summary.FIELDS),
            Map.entry("harvest split", Summary.FIELDS),
            Map.entry("seed", Summary.FIELDS),
            Map.entry("load", List.of("rejects")),
            Map.entry("nodes", List.of("holds")),
            Map.entry("runs ID", List.of("requests", "rejects")),
            Map.entry("policy show", List.of("fetches", "version_list")),
            Map.entry(
                    "policy watch",
                    List.of("source", "outcome", "cause", "message", "next_check_at", "version", "alerts")),
            Map.entry("policy renormalise", List.of("source", "text", "added", "removed", "message")),
            Map.entry("keys create", List.of("key")),
            Map.entry("harvest", Summary.FIELDS),
            Map.entry("status", List.of("flows", "incidents")),
            Map.entry("doctor", List.of("check", "state", "finding", "advice")),
            Map.entry("kinds list", List.of("kind", "title", "pages_by", "schedule", "problem")),
            Map.entry("sources add", List.of("source_id", "name", "kind", "url", "is_active")),
            Map.entry("sources import", Summary.FIELDS),
            Map.entry("sources remove", Summary.FIELDS),
            Map.entry("webhooks add", List.of("name", "origin", "feed", "after", "secret")),
            Map.entry(
                    "webhooks list",
                    List.of(
                            "name",
                            "origin",
                            "feed",
                            "filter",
                            "state",
                            "after",
                            "behind",
                            "failures",
                            "failing_since",
                            "next_attempt_at",
                            "last_error",
                            "delivered_at",
                            "stopped_at",
                            "created_by",
                            "created_at")),
            Map.entry("sources try", List.of("kind", "title", "url", "name", "total", "records", "tried", "command")),
            Map.entry(
                    "sources show",
                    List.of(
                            "source_id",
                            "name",
                            "kind",
                            "url",
                            "host",
                            "title",
                            "country",
                            "language",
                            "options",
                            "secret",
                            "schedule",
                            "is_active",
                            "health",
                            "reason",
                            "failures",
                            "due_at",
                            "is_walked",
                            "created_at",
                            "walks")));

    private static ScratchDatabase scratch;

    @BeforeAll
    static void migrate() {
        scratch = ScratchDatabase.withSchema("cli_page");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    @Test
    void the_page_shows_the_help_and_the_fields_as_they_are() throws Exception {
        String page = Files.readString(PAGE);
        String written = replaced(replaced(page, "fields", fields()), "usage", usage());
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, written);
        } else {
            assertThat(page)
                    .as("To write the page: ./mvnw test -Dtest=CliPageTest -Dupdate=true")
                    .isEqualTo(written);
        }
    }

    @Test
    void every_command_that_prints_json_has_its_fields_on_the_page() {
        Set<String> printing = HelpTest.commands().stream()
                .filter(command -> command.getCommandSpec().findOption("--json") != null)
                .map(CliPageTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        STATEMENTS.keySet().forEach(form -> described.add(form.replaceFirst(" ID.*", "")));
        ADDED.keySet().forEach(form -> described.add(form.replaceFirst(" ID.*", "")));
        assertThat(described).isEqualTo(printing).hasSizeGreaterThan(15);
    }

    @Test
    void every_exit_code_is_on_the_page() throws Exception {
        String page = Files.readString(PAGE);
        for (Field code : ExitCode.class.getDeclaredFields()) {
            assertThat(page).contains("\n| %d | ".formatted(code.getInt(null)));
        }
    }

    private static String replaced(String page, String part, String content) {
        String begin = "<!-- " + part + " -->\n";
        String end = "<!-- /" + part + " -->\n";
        assertThat(page).contains(begin, end);
        return page.substring(0, page.indexOf(begin) + begin.length()) + content + page.substring(page.indexOf(end));
    }

    private static String usage() {
        StringBuilder usage = new StringBuilder();
        for (CommandLine command : HelpTest.commands()) {
            String name = name(command);
            if (!command.getCommandSpec().usageMessage().hidden()) {
                String heading = name.isEmpty() ? "## Every command" : "### `%s`".formatted(name);
                String help = command.getUsageMessage(Ansi.OFF).replaceAll("(?m)[ \t]+$", "");
                usage.append("%n%s%n%n```text%n%s```%n".formatted(heading, help));
            }
        }
        return usage.append('\n').toString();
    }

    private static String fields() throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Map.Entry<String, String> form : STATEMENTS.entrySet()) {
            rows.put(form.getKey(), columns(form.getValue()));
        }
        ADDED.forEach((form, added) ->
                rows.computeIfAbsent(form, none -> new ArrayList<>()).addAll(added));
        Map<String, String> byFields = new LinkedHashMap<>();
        rows.forEach((form, fields) -> byFields.merge(
                fields.stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
                "`" + form + "`",
                (one, other) -> one + ", " + other));
        StringBuilder table = new StringBuilder("| Command | Fields of one object |\n|---|---|\n");
        byFields.forEach((fields, forms) -> table.append("| %s | %s |%n".formatted(forms, fields)));
        return table.toString();
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName(" ").replaceFirst("catchment ?", "");
    }

    private static List<String> columns(String statement) throws SQLException {
        try (Connection connection = scratch.database().dataSource().getConnection();
                PreparedStatement prepared =
                        connection.prepareStatement(Statement.load(statement).sql())) {
            ResultSetMetaData row = prepared.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getColumnCount(); i++) {
                columns.add(row.getColumnLabel(i));
            }
            return columns;
        }
    }
}
