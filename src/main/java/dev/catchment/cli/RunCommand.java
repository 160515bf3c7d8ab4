package dev.catchment.cli;

import dev.catchment.catalog.DiscoveryCrawls;
import dev.catchment.cli.kinds.DeclaredKinds;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.walk.Schedule;
import dev.catchment.ops.ServiceNode;
import dev.catchment.postgres.Database;
import dev.catchment.settings.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the service until you stop it.",
            "Starts the embedded PostgreSQL unless DATABASE_URL names another, brings the",
            "schema up, crawls what is due (catalog.crawl-on-start), then works to the",
            "schedules in application.properties."
        },
        footer = {
            "",
            "Examples:",
            "  catchment run",
            "  DATABASE_URL=postgres://me:secret@db.example/open catchment run",
            "  CATALOG_US_CRON='0 0 4 * * ?' catchment run"
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", description = "Log at debug level.")
    private boolean verbose;

    @Option(
            names = "--dev",
            description = {"Reload routes, kinds and statements of this folder when", "they are edited."})
    private boolean dev;

    @Override
    public Integer call() throws InterruptedException {
        Session session = Session.open(spec, verbose);
        CountDownLatch stop = new CountDownLatch(1);
        Routes routes = Routes.all().in(session.settings().get("node.rooms"));
        if (routes.files().contains("harvest-walk")) {
            DeclaredKinds.require(session);
        }
        try (Database database = session.serviceDatabase();
                Service service = session.service(database, dev ? routes.editedIn(session.home()) : routes)) {
            session.interrupt().stopGentlyBy(stop::countDown);
            service.bean("serviceNode", ServiceNode.class).whenDrained(() -> {
                Service.hurry();
                stop.countDown();
            });
            introduce(session, database, service, routes.files().contains("web-console"));
            stop.await();
        }
        return ExitCode.DONE;
    }

    private void introduce(Session session, Database database, Service service, boolean hasConsole) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Catchment %s keeps a PostgreSQL database of public data up to date."
                .formatted(VersionCommand.number()));
        out.println("Database:   %s%s"
                .formatted(
                        database.url(),
                        database.isEmbedded() ? " in " + session.dataDirectory().resolve("postgres") : ""));
        out.println("Connect:    psql \"$(./catchment url)\"");
        out.println("Console:    " + (hasConsole ? console(session.settings()) : "off (node.rooms)"));
        Schedule schedule = service.bean("catalogSchedule", Schedule.class);
        if (schedule != null) { // node.rooms may leave it to another
            out.println("Next crawl: " + nextCrawls(schedule) + "; " + now(session.settings()));
        }
        out.println("Manage:     JMX context catchment, %d routes; Ctrl-C stops, the next start resumes"
                .formatted(service.camel().getRoutesSize()));
        out.flush();
    }

    /** Where a browser finds it. */
    private static String console(Settings settings) {
        if (settings.get("web.port").equals("off")) {
            return "off (web.port)";
        }
        String host = settings.get("web.host");
        return "http://%s:%s".formatted(host.equals("127.0.0.1") ? "localhost" : host, settings.get("web.port"));
    }

    /** What catalog.crawl-on-start means for this start. */
    private static String now(Settings settings) {
        return switch (settings.get("catalog.crawl-on-start")) {
            case "always" -> "both regions are also crawled now";
            case "never" -> "no crawl before then";
            default -> "a crawl that is due starts now";
        };
    }

    private static String nextCrawls(Schedule schedule) {
        return DiscoveryCrawls.REGIONS.stream()
                .map(region -> region + " " + Objects.requireNonNullElse(schedule.next(region, Instant.now()), "never"))
                .collect(Collectors.joining(", "));
    }
}
