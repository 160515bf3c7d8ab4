package dev.catchment.support;

import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.standin.KindStandIn;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;

/**
 * The stand-in for a source of a kind on a free port, in a Camel context of its own. It answers as many hosts: 127.0.0.1,
 * 127.0.0.2, ... (on Linux each of them is this machine), and under any path.
 */
public final class KindServer implements AutoCloseable {
    private final Main camel = new Main();
    private final KindStandIn standIn;

    private KindServer(Kind kind) {
        standIn = new KindStandIn(kind);
        camel.addOverrideProperty("camel.server.enabled", "true");
        camel.addOverrideProperty("camel.server.host", "0.0.0.0");
        camel.addOverrideProperty("camel.server.port", "0");
        // Many run in one virtual machine, and their names would clash.
        camel.addOverrideProperty("camel.main.jmxEnabled", "false");
        camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                standIn.setCamelContext(getContext());
                from("platform-http:/?matchOnUriPrefix=true&httpMethodRestrict=GET")
                        .errorHandler(noErrorHandler())
                        .process(standIn::answer);
            }
        });
    }

    public static KindServer start(Kind kind) {
        KindServer server = new KindServer(kind);
        server.camel.start();
        return server;
    }

    public KindStandIn standIn() {
        return standIn;
    }

    /** The address of host 127.0.0.1. */
    public String url() {
        return url(1);
    }

    /** The address of host 127.0.0.{@code number}. */
    public String url(int number) {
        int port = camel.getCamelContext()
                .hasService(VertxPlatformHttpServer.class)
                .getPort();
        return "http://127.0.0.%d:%d".formatted(number, port);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
