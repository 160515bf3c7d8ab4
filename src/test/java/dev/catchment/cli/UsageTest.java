package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Nothing here gets as far as a database. */
class UsageTest {
    private static final int WIDTH = 110;
    private static final Cli CLI = new Cli(Map.of("CATCHMENT_HOME", "target/cli-home"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            crawl --region mars               | --region takes us, eu or all, not mars.
            crawl --limit -1                  | --limit takes a number of records
            crawl --limit x                   | 'x' is not a long
            crawl --cursor wppx-73fm          | name it with --region
            crawl --region us --cursor nope   | --cursor takes a dataset id such as
            crawl --region us --cursor wppx-73fm --since 2026-01-01 | give one of them
            crawl --since yesterday           | --since takes a day
            crawl --since 2026-01-01T00:00:00 | a moment with its zone
            crawl --sinc 2026-01-01           | Unknown option
            demo --data no-such-file.jsonl    | there is no readable file no-such-file.jsonl
            runs x                            | 'x' is not a long
            runs --most 0                     | --most takes a number of runs
            schema                            | Missing required subcommand
            schema down --to -1               | --to takes the number of a step
            schema down --to 1 --all          | does not go with --all
            schema sideways                   | Unmatched argument
            verify                            | Missing required subcommand
            walk                              | Unmatched argument
            """)
    void wrong_use_ends_with_2_and_says_what_to_do(String line, String said) {
        assertThat(CLI.run(line.split(" ")).endsWith(2).err()).contains(said);
    }

    @Test
    void no_command_at_all_is_wrong_use_and_leads_to_the_help() {
        assertThat(CLI.run().endsWith(2).err()).contains("Missing required subcommand", "catchment --help");
    }

    @Test
    void a_wrong_setting_ends_with_2_and_names_it() {
        assertThat(CLI.with("CATALOG_PAGE_SIZE", "0").run("runs").endsWith(2).err())
                .contains("CATALOG_PAGE_SIZE=0", "integer 1..10000");
    }

    @Test
    void a_wrong_database_url_ends_with_2_without_showing_it() {
        assertThat(CLI.with("DATABASE_URL", "mysql://me:secret@db.example")
                        .run("url")
                        .endsWith(2)
                        .err())
                .contains("DATABASE_URL", "postgresql://")
                .doesNotContain("secret");
    }

    @Test
    void a_database_that_is_not_there_ends_with_1_without_the_password() {
        assertThat(CLI.with("DATABASE_URL", "postgres://me:secret@127.0.0.1:1/x")
                        .run("runs")
                        .endsWith(1)
                        .err())
                .contains("127.0.0.1:1", "Is the server up")
                .doesNotContain("secret");
    }

    static List<CommandLine> commands() {
        List<CommandLine> commands = new ArrayList<>();
        collect(Catchment.commandLine(Map.of()), commands);
        return commands;
    }

    private static void collect(CommandLine command, List<CommandLine> commands) {
        commands.add(command);
        command.getSubcommands().values().forEach(each -> collect(each, commands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_fits_and_says_what_the_command_does(CommandLine command) {
        assertThat(command.getUsageMessage().lines()).isNotEmpty().allMatch(line -> line.length() <= WIDTH);
        UsageMessageSpec written = command.getCommandSpec().usageMessage();
        assertThat(written.description()).isNotEmpty();
        assertThat(Stream.of(written.description(), written.footer()).flatMap(Stream::of))
                .as("a longer line would be broken somewhere")
                .allMatch(line -> line.length() <= WIDTH);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_has_an_example_or_leads_to_one(CommandLine command) {
        CommandLine topic = command.getSubcommands().isEmpty()
                        && command.getParent() != null
                        && command.getParent().getParent() != null
                ? command.getParent()
                : command;
        boolean foreign = command.getCommandName().equals("generate-completion");
        assertThat(foreign
                        || Stream.of(topic, command)
                                .anyMatch(each -> each.getUsageMessage().contains("Example")))
                .as(command.getCommandName())
                .isTrue();
    }

    @Test
    void every_command_of_the_documentation_is_there() {
        assertThat(Catchment.commandLine(Map.of()).getSubcommands().keySet())
                .contains("run", "crawl", "demo", "schema", "runs", "verify", "url", "version");
        assertThat(commands()).hasSizeGreaterThan(11);
    }

    @Test
    void the_shell_completion_knows_every_option() {
        assertThat(CLI.run("generate-completion").endsWith(0).out())
                .contains("--datasets", "--dry-run", "--show-sql", "--faults");
    }

    @Test
    void the_version_is_one_line() {
        String version = CLI.run("version").endsWith(0).out();
        assertThat(version).matches("catchment \\S.*, Java \\S+\\R");
        assertThat(CLI.run("--version").endsWith(0).out()).isEqualTo(version);
    }
}
