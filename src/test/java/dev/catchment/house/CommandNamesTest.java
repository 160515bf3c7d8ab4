package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Catchment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whoever is told to run a command, by a page, an error or the docs, finds that there is one. */
class CommandNamesTest {
    private static final String TOLD =
            "(src/main/(java|templates|resources)|routes|docs|sql)/.*\\.(java|jte|yaml|md|sql)|README\\.md";

    /** As code or in quotes: in prose a catchment is something else. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:['`>]|: |\\./|^ +)(?:\\./)?catchment ((?:[a-z-]+ ?|--[a-z-]+[ =]?|[A-Z0-9./_:*{}?=%]+ ?)+)");

    private static final CommandLine ALL = Catchment.commandLine(Map.of());

    @Test
    void every_command_that_is_named_exists() {
        List<String> unknown = new ArrayList<>();
        for (String file :
                Tree.files("").stream().filter(name -> name.matches(TOLD)).toList()) {
            for (String line : Tree.text(file).lines().toList()) {
                Matcher named = COMMAND.matcher(line);
                while (named.find()) {
                    String problem = problem(named.group(1).trim());
                    if (problem != null) {
                        unknown.add(file + ": catchment " + named.group(1) + ": " + problem);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static String problem(String words) {
        CommandLine command = ALL;
        boolean isValue = false;
        boolean isSentence = false; // what follows the options of an example says what it does
        for (String word : words.split("[ =]+")) {
            if (isValue) {
                isValue = false;
            } else if (word.startsWith("--")) {
                CommandLine.Model.OptionSpec option = command.getCommandSpec().findOption(word);
                if (option == null) {
                    return "no option " + word;
                }
                isValue = option.arity().max() > 0;
                isSentence = true;
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (!isSentence
                    && !command.getSubcommands().isEmpty()
                    && command.getCommandSpec().positionalParameters().isEmpty()) {
                return "no command " + word;
            }
        }
        return null;
    }
}
