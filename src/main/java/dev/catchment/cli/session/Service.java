package dev.catchment.cli.session;

import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.Secrets;
import dev.catchment.ops.RequestMeters;
import dev.catchment.ops.ServiceNode;
import dev.catchment.policy.text.FontCache;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.StatementComponent;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.settings.Setting;
import dev.catchment.settings.Settings;
import dev.catchment.settings.Settings.WrongSetting;
import dev.catchment.web.server.BoundedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.Route;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.HealthConfigurationProperties;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes, running in this process on a database. */
public final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A form, or an order in JSON. */
    private static final long MAX_REQUEST = 256 << 10;

    private static final String WEB = "web.port";
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Main main = new Main();
    private final Database database;
    private final Runnable betweenRoutes;
    private BoundedServer server;
    private volatile boolean isUp;

    private Service(Database database, Map<String, String> environment, Path edited, Runnable betweenRoutes) {
        this.database = database;
        this.betweenRoutes = betweenRoutes;
        main.bind("statement", new StatementComponent(database.dataSource()).editedIn(edited));
        main.bind("database", database);
        main.bind("secrets", new Secrets(environment));
    }

    /**
     * Starts the routes.
     *
     * @param environment where the secrets are
     */
    public static Service start(Settings settings, Database database, Map<String, String> environment, Routes routes) {
        return start(settings, database, environment, routes, () -> {});
    }

    /**
     * The same.
     *
     * @param betweenRoutes is done before the next one is read or prepared, while none is at work yet
     */
    static Service start(
            Settings settings,
            Database database,
            Map<String, String> environment,
            Routes routes,
            Runnable betweenRoutes) {
        FontCache.in(settings.path("data.dir"));
        Service service = new Service(database, environment, routes.edited(), betweenRoutes);
        Optional<Setting> port = port(settings, routes);
        if (routes.isService() && port.isPresent()) {
            service.main.bind("requestMeters", new RequestMeters());
        }
        if (routes.read()) {
            service.main.bind(
                    "read",
                    database.reading(
                                    database.isEmbedded() ? null : environment.get("DATABASE_READ_URL"),
                                    settings.duration("postgres.replica-max-lag"),
                                    settings.integer("web.read-connections"),
                                    settings.duration("web.read-timeout"))
                            .editedIn(routes.edited()));
        }
        service.configure(settings, port.isPresent() ? routes : routes.withoutServed());
        port.ifPresent(open -> service.openServer(settings, open.key()));
        service.main.start();
        service.isUp = true;
        Watchdog.tell(service.camel());
        return service;
    }

    private void configure(Settings settings, Routes routes) {
        Properties properties = settings.forRoutes();
        properties.setProperty("camel.mdc.enabled", "true");
        properties.setProperty("camel.mdc.customProperties", "run,scope");
        main.setOverrideProperties(properties);
        main.setDefaultPropertyPlaceholderLocation("false"); // Settings has read and checked it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // Interrupt has the signals
        MainConfigurationProperties camel = main.configure()
                .withName("catchment")
                .withRoutesIncludePattern(routes.locations())
                .withShutdownTimeout((int) PATIENCE.toSeconds())
                .withLogName("dev.catchment.routes")
                .withStreamCachingEnabled(false)
                // MBeans are a quarter of the time that a start takes, even without one for every step of every route.
                .withJmxEnabled(routes.isService())
                .withJmxManagementMBeansLevel(ManagementMBeansLevel.RoutesOnly);
        if (routes.edited() != null) {
            camel.withRoutesReloadEnabled(true)
                    .withRoutesReloadDirectory(routes.edited().resolve("routes").toString())
                    .withRoutesReloadDirectoryRecursive(true)
                    .withRoutesReloadPattern("*.camel.yaml")
                    .withRoutesReloadRemoveAllRoutes(false); // those of the other files run on
        }
        // The checks are beans of ours; that of every route and consumer would be hundreds.
        HealthConfigurationProperties health = main.configure().health().withEnabled(routes.isService());
        health.setRoutesEnabled(false);
        health.setConsumersEnabled(false);
        watchRoutes();
    }

    /** Sees each route when it is read, and when it is prepared. */
    private void watchRoutes() {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                CamelContext context = starting.getCamelContext();
                Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
                model.addModelLifecycleStrategy(new GroupOfTemplate());
                model.addModelLifecycleStrategy(new ModelLifecycleStrategySupport() {
                    @Override
                    public void onAddRouteDefinition(RouteDefinition read) {
                        isBetweenRoutes();
                    }
                });
                context.addLifecycleStrategy(new LifecycleStrategySupport() {
                    @Override
                    public void onRoutesAdd(Collection<Route> started) {
                        isBetweenRoutes();
                    }
                });
            }
        });
    }

    private void isBetweenRoutes() {
        if (!isUp) {
            betweenRoutes.run();
        }
    }

    /** A route that is made of a template gets the group of its room: Camel leaves the placeholder as it is. */
    private static final class GroupOfTemplate extends ModelLifecycleStrategySupport {
        @Override
        public void onAddRouteDefinition(RouteDefinition route) {
            if ("{{room}}".equals(route.getGroup())) {
                route.setGroup(String.valueOf(route.getTemplateParameters().get("room")));
            }
        }
    }

    /** Camel has one HTTP server, on the first port that is to be opened; beside a stand-in, console and API are on its. */
    private static Optional<Setting> port(Settings settings, Routes routes) {
        return Settings.declared().stream()
                .filter(setting -> setting.rule().kind().equals("port"))
                .filter(port -> routes.isService() || !port.rule().isOfTheServiceAlone())
                .filter(port -> routes.isServed() || !port.key().equals(WEB))
                .filter(settings::isOpen)
                .findFirst();
    }

    private void openServer(Settings settings, String key) {
        String host = hostOf(settings, key);
        int number = number(settings, key);
        requireFree(key, host, number);
        server = new BoundedServer();
        main.bind(
                "vertx",
                server.with(
                        settings.duration("web.idle-timeout"), settings.get("web.cors.origins"), this::camel, number));
        main.configure()
                .httpServer()
                .withEnabled(true)
                .withHost(host)
                .withPort(number)
                .withMaxBodySize(MAX_REQUEST);
    }

    /** Where a port is opened. @param key of its setting */
    public static String hostOf(Settings settings, String key) {
        return key.equals(WEB) ? settings.get("web.host") : "127.0.0.1";
    }

    /** The old name of the port is honoured for one release. */
    private static int number(Settings settings, String key) {
        String old = settings.get("policy.links.port");
        if (key.equals(WEB) && !old.isBlank()) {
            LOG.warn(
                    "policy.links.port is now web.port, and will not be read by the next release. Set web.port={} instead.",
                    old);
            return Integer.parseInt(old);
        }
        return settings.integer(key);
    }

    /** Camel would log that it is not, and go on without the server. */
    private static void requireFree(String key, String host, int port) {
        if (!ServerPort.isFree(host, port)) {
            throw new WrongSetting(
                    "%s=%d cannot be used: that port of %s is taken, or not allowed. End the program that has it, or set %s to another%s."
                            .formatted(key, port, host, key, key.equals(WEB) ? " or to off" : ""));
        }
    }

    public CamelContext camel() {
        return main.getCamelContext();
    }

    public ActiveRuns running() {
        return bean("running", ActiveRuns.class);
    }

    public <T> T bean(String name, Class<T> type) {
        return camel().getRegistry().lookupByNameAndType(name, type);
    }

    /** Sends a body through a route and waits for its answer; what the route throws is thrown as it is. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> ask(String route, Object body) {
        return ask(route, body, Map.class);
    }

    /** The same of a route that answers with rows. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> askRows(String route, Object body) {
        return ask(route, body, List.class);
    }

    /** The same of a route that answers with something else. */
    public <T> T ask(String route, Object body, Class<T> type) {
        try {
            return camel().createProducerTemplate().requestBody("direct:" + route, body, type);
        } catch (CamelExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeExpressionException && cause.getCause() != null) {
                cause = cause.getCause(); // what the bean threw, not that it threw
            }
            Throwable beneath = bean("database", Database.class).survive(cause, ActiveRun.RESUMES);
            throw beneath instanceof RuntimeException thrown ? thrown : e;
        }
    }

    /** What ends in order, and not by a signal, is given as long as if it were by one. */
    public static void hurry() {
        Watchdog.start();
    }

    /** Lets the pages under way be committed, closes their runs as stopped, then stops the routes. */
    void stop() {
        ServiceNode node = main.getCamelContext() == null ? null : bean("serviceNode", ServiceNode.class);
        boolean isKnown = node != null && node.isKnown();
        if (isKnown) {
            node.leave();
        }
        if (main.getCamelContext() != null && running() != null) {
            running().stopAll();
        }
        main.stop();
        try {
            if (isKnown && node.isKnown()) { // or its last heartbeat found no database
                database.rows("ops/delete-node", node.row());
                node.left();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
