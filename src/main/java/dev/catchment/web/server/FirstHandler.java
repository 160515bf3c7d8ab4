package dev.catchment.web.server;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is the same for every request, before a route sees it: headers that a browser heeds, an end to those that never come to
 * their own end, and a suffix of the path that stands for {@code Accept}.
 */
final class FirstHandler implements Handler<RoutingContext> {
    /** Scripts and styles are files of ours; nothing is written into a page, framed, or sent elsewhere. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private static final Map<String, String> SUFFIXES =
            Map.of(".json", "application/json", ".csv", "text/csv", ".ndjson", "application/x-ndjson");

    /** Where the contract says what there is. */
    static final String API = "/api/v1/";

    /** What pages of other sites may read, if their origin is named. */
    private static final List<String> SHARED = List.of("/api/", "/feeds/");

    private final Duration patience;
    private final Set<String> origins;
    private final ServerProblems problems;

    /**
     * @param patience for a request to come in as a whole
     * @param origins of other sites whose pages may read
     * @param problems what is answered where no route is
     */
    FirstHandler(Duration patience, Set<String> origins, ServerProblems problems) {
        this.problems = problems;
        this.patience = patience;
        this.origins = origins;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.addHeadersEndHandler(ready -> {
            MultiMap headers = context.response().headers();
            share(request, headers);
            HEADERS.forEach((name, value) -> {
                if (!headers.contains(name)) {
                    headers.set(name, value);
                }
            });
        });
        long timer = context.vertx().setTimer(patience.toMillis(), late -> {
            if (!request.isEnded()) {
                problems.answerLate(request);
            }
        });
        context.addEndHandler(over -> context.vertx().cancelTimer(timer));
        route(context, request);
    }

    /** To where it is answered. */
    private void route(RoutingContext context, HttpServerRequest request) {
        if (request.method().equals(HttpMethod.TRACE)) {
            problems.answer(request, 405);
            return;
        }
        String path = request.path() == null ? "/" : request.path();
        if (request.method().equals(HttpMethod.OPTIONS)) {
            options(request, path);
            return;
        }
        // GET http://host/ HTTP/1.1 stays as it came: the gate looks at it.
        if (request.uri().startsWith("/") && path.contains("//")) {
            context.reroute(request.method(), path.replaceAll("/{2,}", "/") + query(request));
            return;
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            // What GET answers, of which the server sends the headers alone.
            context.reroute(HttpMethod.GET, request.uri());
            return;
        }
        if (path.equals("/favicon.ico")) {
            // What browsers ask for before they have read where the picture is.
            context.reroute("/assets/mark.svg");
            return;
        }
        String list = isSuffixed(request) ? problems.withoutSuffix(path, List.copyOf(SUFFIXES.keySet())) : null;
        if (list != null) {
            request.headers().set("Accept", SUFFIXES.get(path.substring(list.length())));
            context.reroute(list + query(request));
            return;
        }
        context.next();
    }

    private static boolean isSuffixed(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) && request.uri().startsWith("/");
    }

    private static String query(HttpServerRequest request) {
        return request.query() == null ? "" : "?" + request.query();
    }

    private void options(HttpServerRequest request, String path) {
        String allowed = problems.allowed(path);
        if (allowed == null) {
            problems.answer(request, 404);
            return;
        }
        request.response().setStatusCode(204).putHeader("Allow", allowed).end();
    }

    /** Lets a page of a named origin read what was answered; without a login, for cookies are not sent along. */
    private void share(HttpServerRequest request, MultiMap headers) {
        String origin = request.getHeader("Origin");
        String path = request.path() == null ? "/" : request.path();
        if (origin == null || !origins.contains(origin) || SHARED.stream().noneMatch(path::startsWith)) {
            return;
        }
        headers.set("Access-Control-Allow-Origin", origin)
                .set("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After")
                .set("Cross-Origin-Resource-Policy", "cross-origin");
        if (!headers.contains("Vary")) {
            headers.set("Vary", "Origin");
        }
        if (request.getHeader("Access-Control-Request-Method") != null) {
            headers.set("Access-Control-Allow-Methods", headers.get("Allow"))
                    .set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match")
                    .set("Access-Control-Max-Age", "600");
        }
    }
}
