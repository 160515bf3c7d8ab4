package dev.catchment.cli.mcp;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.mcp.StdioServer;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.rows.RowStream;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catchment mcp}. */
@Command(
        name = "mcp",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the Model Context Protocol on standard input and output.",
            "Its tools search datasets, show one and its history, and list changes, names,",
            "policies and runs. Nothing is written; the log goes to standard error. It ends",
            "when the input ends."
        },
        footer = {
            "",
            "Example, as a client of the protocol starts it:",
            "  {\"command\": \"catchment\", \"args\": [\"mcp\"]}"
        })
public final class McpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintStream protocol = System.out;
        // Whatever else prints must not get among the messages.
        System.setOut(System.err);
        Session session = Session.open(spec, false);
        try (Database database = session.readDatabase();
                Service service = session.service(database, Routes.of("mcp"))) {
            String version = Objects.requireNonNullElse(
                    McpCommand.class.getPackage().getImplementationVersion(), "in development");
            StdioServer server = new StdioServer(
                    (route, arguments) -> service.ask(route, arguments, RowStream.class), version, System.in, protocol);
            session.interrupt().stopBy(server::stop);
            server.serve();
        } finally {
            System.setOut(protocol);
        }
        return ExitCode.DONE;
    }
}
