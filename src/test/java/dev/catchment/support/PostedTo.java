package dev.catchment.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that people gave as a webhook: it keeps what was posted, and answers as it is told. */
public final class PostedTo implements AutoCloseable {
    /** @param headers by lower-case name */
    public record Post(String method, Map<String, String> headers, byte[] body) {}

    private final HttpServer server;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;

    private PostedTo(HttpServer server) {
        this.server = server;
    }

    public static PostedTo start() {
        try {
            PostedTo started = new PostedTo(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
            started.server.createContext("/", started::keep);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        posts.add(new Post(
                exchange.getRequestMethod(), headers, exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    public void answer(int status) {
        answer = status;
    }

    public String url() {
        return "http://127.0.0.1:%d/s3cret-path".formatted(server.getAddress().getPort());
    }

    public List<Post> posts() {
        return posts;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
