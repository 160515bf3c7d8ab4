package dev.catchment.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A server that sends files as they lie, so that what it costs is little; it knows when it was first asked. */
final class ServedFiles implements AutoCloseable {
    private final HttpServer server;
    private final Function<URI, Path> fileOf;
    private final AtomicReference<Instant> firstAsked = new AtomicReference<>();

    /** @param fileOf what is asked for; null if there is no such thing */
    ServedFiles(Function<URI, Path> fileOf) throws IOException {
        this.fileOf = fileOf;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = fileOf.apply(exchange.getRequestURI());
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            firstAsked.compareAndSet(null, Instant.now());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }

    /** The first request since this was last asked. */
    Instant firstAsked() {
        return firstAsked.getAndSet(null);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
