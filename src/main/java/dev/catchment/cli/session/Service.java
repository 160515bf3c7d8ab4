package dev.catchment.cli.session;

import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.Secrets;
import dev.catchment.policy.text.FontCache;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.StatementComponent;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.settings.Settings;
import dev.catchment.settings.Settings.WrongSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/** The routes, running in this process on a database. */
public final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Nobody sends us more than a press of a button. */
    private static final long MAX_REQUEST = 16 << 10;

    private final Main main = new Main();

    private Service(Database database, Map<String, String> environment) {
        main.bind("statement", new StatementComponent(database.dataSource()));
        main.bind("database", database);
        main.bind("secrets", new Secrets(environment));
    }

    /**
     * Starts the routes.
     *
     * @param environment where the secrets are
     */
    public static Service start(Settings settings, Database database, Map<String, String> environment, Routes routes) {
        FontCache.in(settings.path("data.dir"));
        Service service = new Service(database, environment);
        service.configure(settings, routes);
        service.main.start();
        Watchdog.tell(service.camel());
        return service;
    }

    private void configure(Settings settings, Routes routes) {
        Properties properties = settings.forRoutes();
        properties.setProperty("camel.mdc.enabled", "true");
        properties.setProperty("camel.mdc.customProperties", "run");
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
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                Model model =
                        starting.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
                model.addModelLifecycleStrategy(new GroupOfTemplate());
            }
        });
        openServer(settings, camel, routes.isService());
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

    /** Camel has one HTTP server, on the first port that is to be opened. */
    private static void openServer(Settings settings, MainConfigurationProperties camel, boolean isService) {
        Settings.declared().stream()
                .filter(setting -> setting.rule().kind().equals("port"))
                .filter(port -> isService || !port.rule().isOfTheServiceAlone())
                .filter(settings::isOpen)
                .findFirst()
                .ifPresent(port -> {
                    int number = settings.integer(port.key());
                    requireFree(port.key(), number);
                    camel.httpServer()
                            .withEnabled(true)
                            .withHost("127.0.0.1")
                            .withPort(number)
                            .withMaxBodySize(MAX_REQUEST);
                });
    }

    /** Camel would log that it is not, and go on without the server. */
    private static void requireFree(String key, int port) {
        if (!ServerPort.isFree(port)) {
            throw new WrongSetting(
                    "%s=%d cannot be used: that port of 127.0.0.1 is taken, or not allowed. End the program that has it, or set %s to another."
                            .formatted(key, port, key));
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

    private <T> T ask(String route, Object body, Class<T> type) {
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

    /** Lets the pages under way be committed, closes their runs as stopped, then stops the routes. */
    void stop() {
        if (main.getCamelContext() != null && running() != null) {
            running().stopAll();
        }
        main.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
