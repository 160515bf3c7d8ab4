package dev.catchment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.catchment.cli.catalog.CrawlCommand;
import dev.catchment.cli.catalog.IndexCommand;
import dev.catchment.cli.export.ExportCommand;
import dev.catchment.cli.harvest.ApplyCommand;
import dev.catchment.cli.harvest.DatasetsCommand;
import dev.catchment.cli.harvest.DiffCommand;
import dev.catchment.cli.harvest.HarvestCommand;
import dev.catchment.cli.harvest.PlanCommand;
import dev.catchment.cli.harvest.SourcesCommand;
import dev.catchment.cli.harvest.UndoCommand;
import dev.catchment.cli.kinds.KindsCommand;
import dev.catchment.cli.mcp.McpCommand;
import dev.catchment.cli.names.JobsCommand;
import dev.catchment.cli.names.LoadCommand;
import dev.catchment.cli.names.NamesCommand;
import dev.catchment.cli.output.StandardOutput;
import dev.catchment.cli.output.WholeFile;
import dev.catchment.cli.policy.PolicyCommand;
import dev.catchment.cli.postgres.BackupCommand;
import dev.catchment.cli.postgres.RestoreBackupCommand;
import dev.catchment.cli.postgres.SchemaCommand;
import dev.catchment.cli.postgres.UrlCommand;
import dev.catchment.cli.registry.SeedCommand;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Interrupt;
import dev.catchment.cli.session.Session;
import dev.catchment.cli.web.KeysCommand;
import dev.catchment.cli.web.UsersCommand;
import dev.catchment.cli.webhooks.WebhooksCommand;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.flow.ActiveRun;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.LostConnection;
import dev.catchment.postgres.embedded.EmbeddedServerException;
import dev.catchment.settings.Settings;
import dev.catchment.text.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "catchment",
        description = "Keeps a PostgreSQL database of public data up to date.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        footer = {
            "",
            "Settings are in application.properties; environment variables override them:",
            "CATALOG_PAGE_SIZE is catalog.page-size, and so on. Secrets come from the",
            "environment only: DATABASE_URL, DATABASE_READ_URL, SOCRATA_APP_TOKEN,",
            "SMTP_PASSWORD and WEBHOOK_SECRET.",
            "",
            "Examples:",
            "  catchment demo           see it work; needs no network",
            "  catchment run            run the service until you stop it",
            "  catchment crawl --help   show the options of a command",
            "",
            "Exit codes: 0 success, 1 failure or difference found, 2 usage error, 3 already",
            "running, 124 interrupted but not stopped within 30 s, 130 interrupted,",
            "138 out of memory."
        })
public final class Catchment implements Session.Caller {
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            CrawlCommand.class,
            HarvestCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            UndoCommand.class,
            SourcesCommand.class,
            KindsCommand.class,
            DatasetsCommand.class,
            DiffCommand.class,
            SeedCommand.class,
            IndexCommand.class,
            LoadCommand.class,
            JobsCommand.class,
            NamesCommand.class,
            PolicyCommand.class,
            DemoCommand.class,
            NodesCommand.class,
            DrainCommand.class,
            RunsCommand.class,
            RejectsCommand.class,
            AlertsCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            McpCommand.class,
            KeysCommand.class,
            UsersCommand.class,
            WebhooksCommand.class,
            SchemaCommand.class,
            BackupCommand.class,
            RestoreBackupCommand.class,
            UrlCommand.class,
            VersionCommand.class);

    /** Fits the narrowest terminal in use; the lines of descriptions and footers are broken by hand to fit it. */
    private static final int WIDTH = 80;

    private final Map<String, String> environment;
    private final Interrupt interrupt;

    private Catchment(Map<String, String> environment, Interrupt interrupt) {
        this.environment = environment;
        this.interrupt = interrupt;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Interrupt interrupt() {
        return interrupt;
    }

    public static void main(String[] args) {
        Interrupt interrupt = new Interrupt();
        StandardOutput output = StandardOutput.use();
        System.exit(interrupt.during(() -> {
            int code = commandLine(System.getenv(), interrupt, args).execute(args);
            System.out.flush();
            if (output.problem() == null) {
                return code;
            }
            System.err.println("catchment: " + output.problem());
            return code == ExitCode.DONE ? ExitCode.FAILED : code;
        }));
    }

    /** Without a process of its own. @param environment of a test @param arguments to be executed with; none: any */
    public static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        return commandLine(environment, new Interrupt(), arguments);
    }

    /** The command that is named, for to know them all takes a fifth of a second; all of them if none is, or help is. */
    private static List<Class<?>> asked(String[] args) {
        return COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static CommandLine commandLine(Map<String, String> environment, Interrupt interrupt, String... arguments) {
        List<Class<?>> commands = asked(arguments);
        CommandLine commandLine = new CommandLine(new Catchment(environment, interrupt));
        commands.forEach(commandLine::addSubcommand);
        if (commands.equals(COMMANDS)) {
            addHelp(commandLine);
        }
        commandLine.setExecutionExceptionHandler(
                (failure, command, parsed) -> interrupt.isAsked() ? ExitCode.INTERRUPTED : explain(failure, command));
        commandLine.setParameterExceptionHandler(Catchment::explain);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpWidth(WIDTH);
        if ("dumb".equals(environment.get("TERM"))) {
            commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        complete(commandLine);
        return commandLine;
    }

    private static void addHelp(CommandLine commandLine) {
        commandLine.addSubcommand(new GenerateCompletion()).addSubcommand(new CommandLine.HelpCommand());
        commandLine
                .getSubcommands()
                .get("help")
                .getCommandSpec()
                .usageMessage()
                .synopsisHeading("Usage: ")
                .header(new String[0])
                .description("Shows the help of a command, or that of the program.")
                .footer("", "Example:", "  catchment help crawl");
        commandLine
                .getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .description("Prints a completion script for bash and zsh.")
                .optionListHeading("")
                .footer("", "Example:", "  source <(catchment generate-completion)");
    }

    /** Each command answers --help and, unless it means something else by it, --version; those below it too. */
    private static void complete(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        OptionSpec version = spec.findOption("--version");
        if (version == null && spec.findOption("--help") != null) {
            spec.addOption(OptionSpec.builder("-V", "--version")
                    .versionHelp(true)
                    .description("Print version information and exit.")
                    .build());
            spec.versionProvider(new VersionCommand());
        } else if (version == null || version.versionHelp()) {
            spec.mixinStandardHelpOptions(true).versionProvider(new VersionCommand());
        } else {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Display this help message and exit.")
                    .build());
        }
        command.getSubcommands().values().forEach(Catchment::complete);
    }

    private static int explain(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String option = unknownOption(command);
        command.getErr().println("catchment: " + (option == null ? wrong.getMessage() : noSuch(option, command)));
        if (option == null) {
            UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        }
        command.getErr().printf("See '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }

    /** What was written in place of an option, without its value; null if all that was written is known. */
    private static String unknownOption(CommandLine command) {
        return command.getUnmatchedArguments().stream()
                .filter(argument -> argument.startsWith("-"))
                .map(argument -> argument.split("=", 2)[0])
                .findFirst()
                .orElse(null);
    }

    private static String noSuch(String option, CommandLine command) {
        String nearest =
                Suggestion.to(option, command.getCommandSpec().optionsMap().keySet());
        String meant = Suggestion.isNear(option, nearest) ? " Did you mean %s?".formatted(nearest) : "";
        return "Unknown option %s.%s".formatted(option, meant);
    }

    private static int explain(Exception failure, CommandLine command) {
        command.getErr().println("catchment: " + words(failure));
        if (failure instanceof ScopeBusy) {
            return ExitCode.BUSY;
        }
        if (failure instanceof Settings.WrongSetting || failure instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        if (!isUnderstood(failure)) {
            org.slf4j.LoggerFactory.getLogger(Catchment.class).error("Internal error.", failure);
        }
        return ExitCode.FAILED;
    }

    private static boolean isUnderstood(Exception failure) {
        return failure instanceof Database.Unusable
                || failure instanceof EmbeddedServerException
                || failure instanceof IOException && !(failure instanceof JsonProcessingException)
                || failure instanceof UncheckedIOException
                || LostConnection.isBeneath(failure);
    }

    /** What is at the root of it: Camel wraps the reason in several layers of its own. */
    private static String words(Throwable failure) {
        if (LostConnection.isBeneath(failure)) {
            return LostConnection.words(failure, ActiveRun.RESUMES);
        }
        Throwable root = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (root instanceof FileSystemException file) {
            return "%s: %s.".formatted(file.getFile(), WholeFile.reason(file));
        }
        while (root.getCause() != null
                && !(root instanceof Database.Unusable)
                && failure instanceof org.apache.camel.RuntimeCamelException) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
