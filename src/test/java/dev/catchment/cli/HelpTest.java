package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the commands say of themselves. */
class HelpTest {
    private static final int WIDTH = 80;
    private static final Pattern NAMED = Pattern.compile("`([a-z-]+)");
    private static final Cli CLI = new Cli(Map.of("CATCHMENT_HOME", "target/cli-home"));

    @Test
    void the_front_page_names_every_command() throws IOException {
        String table = Files.readString(Path.of("README.md"))
                .split("\n## Commands\n")[1]
                .split("\n## ")[0];
        Set<String> shown = new HashSet<>();
        table.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAMED.matcher(line.split(" \\| ")[0]).results())
                .forEach(name -> shown.add(name.group(1)));
        assertThat(shown)
                .containsAll(Catchment.commandLine(Map.of()).getSubcommands().keySet().stream()
                        .filter(name -> !name.equals("help"))
                        .toList());
    }

    static List<CommandLine> commands() {
        return commands(Map.of());
    }

    private static List<CommandLine> commands(Map<String, String> environment) {
        List<CommandLine> commands = new ArrayList<>();
        collect(Catchment.commandLine(environment), commands);
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
        assertThat(written.description()[0])
                .as("the list of the commands shows this line alone")
                .endsWith(".");
        assertThat(Stream.of(written.description(), written.footer()).flatMap(Stream::of))
                .as("a longer line would be broken somewhere")
                .allMatch(line -> line.length() <= WIDTH);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_breaks_no_line_of_a_description_by_itself(CommandLine command) {
        String usage = command.getUsageMessage();
        command.getCommandSpec().optionsMap().values().stream()
                .flatMap(option -> Stream.of(option.description()))
                .filter(line -> !line.contains("${"))
                .forEach(line -> assertThat(usage).contains(line));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_answers_help_and_version(CommandLine command) {
        List<String> words = new ArrayList<>(
                List.of(command.getCommandSpec().qualifiedName(" ").split(" ")));
        words.remove(0);
        words.add("--help");
        assertThat(said(command, words)).startsWith("Usage: catchment");
        if (command.getCommandSpec().findOption("--version").versionHelp()) {
            words.set(words.size() - 1, "--version");
            assertThat(said(command, words)).startsWith("catchment ");
        }
    }

    /** By the commands that are there: to make all of them anew for each of them takes long. */
    private static String said(CommandLine command, List<String> words) {
        StringWriter out = new StringWriter();
        CommandLine all = command.getCommandSpec().root().commandLine();
        all.setOut(new PrintWriter(out));
        assertThat(all.execute(words.toArray(String[]::new)))
                .as(words.toString())
                .isZero();
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_has_an_example_or_leads_to_one(CommandLine command) {
        CommandLine topic = command.getSubcommands().isEmpty()
                        && command.getParent() != null
                        && command.getParent().getParent() != null
                ? command.getParent()
                : command;
        assertThat(Stream.of(topic, command)
                        .anyMatch(each -> each.getUsageMessage().contains("Example")))
                .as(command.getCommandName())
                .isTrue();
    }

    @Test
    void help_has_no_colours_where_the_terminal_knows_none() {
        for (CommandLine command : commands(Map.of("TERM", "dumb"))) {
            assertThat(command.getColorScheme().ansi()).isEqualTo(CommandLine.Help.Ansi.OFF);
        }
        assertThat(Catchment.commandLine(Map.of("TERM", "xterm"))
                        .getColorScheme()
                        .ansi())
                .isEqualTo(CommandLine.Help.Ansi.AUTO);
    }

    @Test
    void every_command_of_the_documentation_is_there() {
        assertThat(Catchment.commandLine(Map.of()).getSubcommands().keySet())
                .contains("run", "crawl", "demo", "policy", "schema", "runs", "verify", "url", "version");
        assertThat(Catchment.commandLine(Map.of())
                        .getSubcommands()
                        .get("policy")
                        .getSubcommands()
                        .keySet())
                .contains("import", "list", "show", "diff", "changes");
        assertThat(commands()).hasSizeGreaterThan(11);
    }

    @Test
    void the_shell_completion_knows_every_option() {
        assertThat(CLI.run("generate-completion").endsWith(0).out())
                .contains("--datasets", "--dry-run", "--show-sql", "--faults", "--technical");
    }
}
