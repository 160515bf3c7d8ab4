package dev.catchment.web.server;

import dev.catchment.web.api.Contract;
import dev.catchment.web.api.Problem;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the server answers by itself where no route does, as routes say it: problem+json for programs, a page for people. */
final class ServerProblems {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad request",
            404, "Not found",
            405, "Method not allowed",
            406, "Not acceptable",
            408, "Too slow",
            413, "Too large",
            414, "Address too long",
            415, "Unsupported media type",
            431, "Headers too large",
            500, "Not available");

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request cannot be read. Send it as HTTP/1.1 has it, with an address that is percent-encoded.",
            404, "There is nothing at this address. /api says which there are.",
            405, "This address does not take the method. Allowed: %s.",
            408,
                    "The request did not come in as a whole within web.idle-timeout. Send it again, faster or in smaller parts.",
            413, "The body is larger than 256 kB. Send it in several.",
            414, "The address is longer than 8 kB. Leave out filters, or send fewer values.",
            431, "The headers are larger than 16 kB. Send fewer.",
            500, "This does not work at the moment. Try again later.",
            503, "Catchment is starting or stopping. Try again in a moment.");

    private final Contract contract = new Contract();
    private final Supplier<List<Route>> routes;
    private final BooleanSupplier areAllThere;

    /** @param routes that are served @param areAllThere whether none of them is still to come, or gone already */
    ServerProblems(Supplier<List<Route>> routes, BooleanSupplier areAllThere) {
        this.routes = routes;
        this.areAllThere = areAllThere;
    }

    /** Answers for the router. */
    void of(Router router) {
        for (int status : TITLES.keySet()) {
            router.errorHandler(status, context -> answer(context.request(), status));
        }
    }

    /** Methods that an address takes, as the routes say; null if there is nothing at it. */
    String allowed(String path) {
        TreeSet<String> methods = routes.get().stream()
                .filter(route -> route.methods() != null && isAt(route, path))
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty()) {
            return null;
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    /** Whether a path is of a route, in which {@code :name} stands for a part of it. */
    private static boolean isAt(Route route, String path) {
        if (route.getPath() == null) {
            return false;
        }
        String parts = route.getPath().replace(".", "\\.").replaceAll(":\\w+", "[^/]+");
        return path.matches(route.isExactPath() ? parts : parts + ".*");
    }

    /** The address without a suffix that stands for what its list is wanted as; null if it has none. */
    String withoutSuffix(String path, List<String> suffixes) {
        if (!path.startsWith(FirstHandler.API)) {
            return null;
        }
        return suffixes.stream()
                .filter(path::endsWith)
                .map(suffix -> path.substring(0, path.length() - suffix.length()))
                .filter(list -> contract.at(list).stream().anyMatch(operation -> operation.isList()))
                .findFirst()
                .orElse(null);
    }

    /** Answers with a status; if an answer is on its way, the connection is closed, so that half of it is not taken for all. */
    void answer(HttpServerRequest request, int wanted) {
        int status = wanted == 404 && !areAllThere.getAsBoolean() ? 503 : wanted;
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.connection().close();
            return;
        }
        String path = request.path() == null ? "/" : request.path();
        String allowed = allowed(path);
        if (status == 405) {
            response.putHeader("Allow", allowed == null ? "" : allowed);
        }
        if (status == 503) {
            response.putHeader("Retry-After", "2");
        }
        boolean isOfProgram = WebRequest.isOfProgram(path)
                || request.getHeader("Authorization") != null
                || request.decoderResult().isFailure();
        String title = TITLES.getOrDefault(status, "Not available");
        Refused refused =
                new Refused(status, title, DETAILS.getOrDefault(status, title).formatted(allowed));
        response.setStatusCode(status)
                .putHeader("Content-Type", Problem.type(isOfProgram))
                .putHeader("Cache-Control", "no-store")
                .end(Problem.text(refused, isOfProgram));
    }

    /** Answers what is no request: whether a program sent it cannot be told. */
    void answerUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        answer(request, status);
        request.connection().close();
    }

    /** Answers what did not come to its end in time. */
    void answerLate(HttpServerRequest request) {
        if (!request.response().headWritten()) {
            request.response().putHeader("Connection", "close");
            answer(request, 408);
        }
        request.connection().close();
    }
}
