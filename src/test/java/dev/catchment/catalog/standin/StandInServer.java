package dev.catchment.catalog.standin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;

/**
 * The stand-in on a free port of 127.0.0.1, in a Camel context of its own: the upstream of a test.
 * Serves the built-in catalogue until told otherwise.
 */
public final class StandInServer implements AutoCloseable {

    /** The client of the house speaks HTTP/1.1; HTTP/2 would not notice a page cut short. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Main camel = new Main();

    private StandInServer(String... settings) {
        camel.configure().withRoutesIncludePattern("classpath:routes/catalog-stand-in.camel.yaml");
        camel.addOverrideProperty("catalog.stand-in.enabled", "true");
        camel.addOverrideProperty("camel.server.enabled", "true");
        camel.addOverrideProperty("camel.server.host", "127.0.0.1");
        camel.addOverrideProperty("camel.server.port", "0");
        // Many run in one virtual machine, and their names would clash.
        camel.addOverrideProperty("camel.main.jmxEnabled", "false");
        for (int i = 0; i < settings.length; i += 2) {
            camel.addOverrideProperty(settings[i], settings[i + 1]);
        }
    }

    /** Starts one; further settings as key, value, key, value. */
    public static StandInServer start(String... settings) {
        StandInServer server = new StandInServer(settings);
        server.camel.start();
        return server;
    }

    /** What to give a client as its upstream. */
    public String url() {
        int port = camel.getCamelContext()
                .hasService(VertxPlatformHttpServer.class)
                .getPort();
        return "http://127.0.0.1:" + port + "/api/catalog/v1";
    }

    public DiscoveryStandIn standIn() {
        return camel.getCamelContext().getRegistry().lookupByNameAndType("standIn", DiscoveryStandIn.class);
    }

    /** Asks as a client would: {@code suffix} is put behind the URL, headers are name, value, name, value. */
    HttpResponse<String> get(String suffix, String... headers) throws Exception {
        return client.send(request(suffix, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks and does not wait. */
    CompletableFuture<HttpResponse<String>> getLater(String suffix) {
        return client.sendAsync(request(suffix), HttpResponse.BodyHandlers.ofString());
    }

    /** How many requests are being answered now. */
    public int underWay() {
        return camel.getCamelContext().getInflightRepository().size();
    }

    /** Waits until so many requests have arrived. */
    void awaitRequests(int count) {
        while (standIn().requests().size() < count) {
            Thread.onSpinWait();
        }
    }

    private HttpRequest request(String suffix, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + suffix));
        request.timeout(Duration.ofMinutes(5));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /** Stops it; requests under way are let go. */
    @Override
    public void close() {
        camel.stop();
    }
}
