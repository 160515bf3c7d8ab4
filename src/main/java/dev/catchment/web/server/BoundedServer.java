package dev.catchment.web.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Makes the HTTP server of Camel with options that Camel has no settings for: a connection on which nothing moves is closed,
 * and answers are compressed for those who take them so. Camel takes the Vert.x that it finds in its registry, and asks
 * it for the server.
 */
public final class BoundedServer implements AutoCloseable {
    /** Longer than any of ours with its query and its cursor. */
    private static final int LONGEST_LINE = 8 << 10;

    private static final int MOST_HEADERS = 16 << 10;
    /** Before every route. */
    private static final int FIRST = -1;

    private final Vertx vertx = Vertx.vertx();

    /**
     * What Camel is to find.
     *
     * @param idle after which a silent connection is closed
     * @param origins of other sites whose pages may read the API, with commas between
     * @param camel whose routes are served, once it runs
     * @param port on which they are
     */
    public Vertx with(Duration idle, String origins, Supplier<CamelContext> camel, int port) {
        Supplier<List<Route>> routes =
                () -> VertxPlatformHttpRouter.lookup(camel.get(), VertxPlatformHttpRouter.getRouterNameFromPort(port))
                        .getRoutes();
        Set<String> named =
                Arrays.stream(origins.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
        return (Vertx) standIn(vertx, (method, given) -> {
            if (!method.getName().equals("createHttpServer") || !(given[0] instanceof HttpServerOptions options)) {
                return invoke(vertx, method, given);
            }
            bound(options, idle);
            ServerProblems problems = new ServerProblems(routes, () -> isStarted(camel.get()));
            return withFirstHandler((HttpServer) invoke(vertx, method, given), idle, named, problems);
        });
    }

    private static HttpServer withFirstHandler(
            HttpServer server, Duration idle, Set<String> origins, ServerProblems problems) {
        FirstHandler first = new FirstHandler(idle, origins, problems);
        server.invalidRequestHandler(problems::answerUnreadable);
        return (HttpServer) standIn(server, (method, given) -> {
            if (method.getName().equals("requestHandler") && given != null && given[0] instanceof Router router) {
                router.route().order(FIRST).handler(first);
                problems.of(router);
            }
            return invoke(server, method, given);
        });
    }

    /** It listens before the first route is there: what is asked for then is not there yet. */
    private static boolean isStarted(CamelContext camel) {
        return camel != null && camel.isStarted();
    }

    private interface Call {
        Object of(Method method, Object[] given) throws Throwable;
    }

    private static Object standIn(Object one, Call call) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = one.getClass(); type != null; type = type.getSuperclass()) {
            interfaces.addAll(Set.of(type.getInterfaces()));
        }
        return Proxy.newProxyInstance(
                one.getClass().getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                (proxy, method, given) -> call.of(method, given));
    }

    private static Object invoke(Object one, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(one, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void bound(HttpServerOptions options, Duration idle) {
        // A moment later than the answer to what does not come to its end: a busy server does both in one go.
        options.setIdleTimeout((int) idle.plusSeconds(1).toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(MOST_HEADERS)
                // Of HEAD it would send the body too.
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
