package dev.catchment.support;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;

/** A server that people gave as a webhook: it keeps what was posted, and answers as it is told. */
public final class PostedTo implements AutoCloseable {
    /** @param headers whatever the case of their names */
    public record Post(String method, Map<String, String> headers, byte[] body) {}

    private final Main camel = new Main();
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;
    private volatile String retryAfter;

    public static PostedTo start() {
        PostedTo server = new PostedTo();
        server.camel.addOverrideProperty("camel.server.enabled", "true");
        server.camel.addOverrideProperty("camel.server.host", "127.0.0.1");
        server.camel.addOverrideProperty("camel.server.port", "0");
        // Many run in one virtual machine, and their names would clash.
        server.camel.addOverrideProperty("camel.main.jmxEnabled", "false");
        server.camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/?matchOnUriPrefix=true")
                        .errorHandler(noErrorHandler())
                        .process(server::keep);
            }
        });
        server.camel.start();
        return server;
    }

    private void keep(Exchange exchange) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getMessage().getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        posts.add(new Post(
                exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class),
                headers,
                exchange.getMessage().getBody(byte[].class)));
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(null);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answer);
        if (retryAfter != null) {
            exchange.getMessage().setHeader("Retry-After", retryAfter);
        }
        if (answer / 100 == 3) {
            exchange.getMessage().setHeader("Location", "/elsewhere");
        }
    }

    public void answer(int status) {
        answer = status;
    }

    /** @param when seconds, or a date */
    public void answer(int status, String when) {
        retryAfter = when;
        answer = status;
    }

    public String url() {
        int port = camel.getCamelContext()
                .hasService(VertxPlatformHttpServer.class)
                .getPort();
        return "http://127.0.0.1:%d/s3cret-path".formatted(port);
    }

    public List<Post> posts() {
        return posts;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
