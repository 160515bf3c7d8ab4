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
    private static final String API = "/api/v1/";

    /** What pages of other sites may read, if their origin is named. */
    private static final List<String> SHARED = List.of("/api/", "/feeds/");

    private static final String ALLOWED = "GET, HEAD, POST, OPTIONS";

    private final Duration patience;
    private final Set<String> origins;

    /**
     * @param patience for a request to come in as a whole
     * @param origins of other sites whose pages may read
     */
    FirstHandler(Duration patience, Set<String> origins) {
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
                request.connection().close();
            }
        });
        context.addEndHandler(over -> context.vertx().cancelTimer(timer));
        route(context, request);
    }

    /** To where it is answered. */
    private static void route(RoutingContext context, HttpServerRequest request) {
        if (request.method().equals(HttpMethod.TRACE)) {
            context.response().setStatusCode(405).end();
            return;
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            context.response().setStatusCode(204).putHeader("Allow", ALLOWED).end();
            return;
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            // What GET answers, of which the server sends the headers alone.
            context.reroute(HttpMethod.GET, request.uri());
            return;
        }
        String path = request.path() == null ? "/" : request.path();
        if (path.equals("/favicon.ico")) {
            // What browsers ask for before they have read where the picture is.
            context.reroute("/assets/mark.svg");
            return;
        }
        for (Map.Entry<String, String> suffix : SUFFIXES.entrySet()) {
            if (path.startsWith(API) && path.endsWith(suffix.getKey())) {
                request.headers().set("Accept", suffix.getValue());
                String query = request.query() == null ? "" : "?" + request.query();
                context.reroute(
                        path.substring(0, path.length() - suffix.getKey().length()) + query);
                return;
            }
        }
        context.next();
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
            headers.set("Access-Control-Allow-Methods", ALLOWED)
                    .set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match")
                    .set("Access-Control-Max-Age", "600");
        }
    }
}
