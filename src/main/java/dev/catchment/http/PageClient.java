package dev.catchment.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client for pages: it connects to addresses that the guard returned and to no other, keeps no connection, and
 * ends a request when its time is over, whatever it is doing. No proxy is asked: it would choose the address itself.
 */
public final class PageClient implements HttpClientConfigurer, AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    /** Of the head of an answer; the client itself knows no bounds. */
    private static final int LONGEST_LINE = 1 << 16;

    private static final int MOST_HEADERS = 200;

    private static final int MOST_PACKED = 3;

    private final HostGuard guard;
    private final Duration timeout;
    private final RequestDeadline deadline;
    private int mostRatio;

    /** @param timeout of a request from the connection to the last byte, in milliseconds */
    public PageClient(HostGuard guard, long timeout) {
        this.guard = guard;
        this.timeout = Duration.ofMillis(timeout);
        this.deadline = new RequestDeadline(this.timeout);
    }

    /** @param times its size that an answer may unpack to; 0: any, for those who read no more than they want */
    public void setMostRatio(int times) {
        mostRatio = times;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAuthCaching();
        client.setConnectionManager(connections());
        // Seconds lie between two requests to a host: a kept connection would mostly be a dead one.
        client.setConnectionReuseStrategy((request, response, context) -> false);
        client.addResponseInterceptorFirst(PageClient::checkPacking);
        if (mostRatio > 0) {
            UnpackedSize.configure(client, mostRatio);
        }
        ApiClient.configure(client, deadline);
        // Camel encodes the tilde, and a server that leads back to the tilde would seem to lead in a circle.
        client.addRequestInterceptorFirst(
                (request, entity, context) -> request.setPath(request.getPath().replace("%7E", "~")));
    }

    /** An answer that is packed a thousand times takes a thousand calls, each within the other, to be unpacked. */
    private static void checkPacking(HttpResponse response, EntityDetails entity, HttpContext context)
            throws ProtocolException {
        long packed = Stream.of(response.getHeaders("Content-Encoding"))
                .flatMap(header -> Stream.of(header.getValue().split(",")))
                .count();
        if (packed > MOST_PACKED) {
            throw new ProtocolException("it is packed " + packed + " times");
        }
    }

    private PoolingHttpClientConnectionManager connections() {
        Duration connect = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Guarded())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setSocketTimeout(Timeout.of(timeout))
                        .build())
                .setMaxConnPerRoute(1)
                .setMaxConnTotal(100)
                .build();
    }

    /** Asked once for each connection: what it says is what is connected to. */
    private final class Guarded implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.checkHost(host).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Override
    public void close() {
        deadline.close();
    }
}
