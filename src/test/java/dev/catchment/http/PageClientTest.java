package dev.catchment.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.support.PageServer;
import dev.catchment.support.ServedPage;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections are made to what the guard said, by Camel's own component. */
class PageClientTest {
    private static final String URI = "http://any?throwExceptionOnFailure=false&httpClientConfigurer=#pageClient";

    private final Main camel = new Main();
    private PageServer server;

    @BeforeEach
    void start() {
        server = PageServer.start().serve("/fees", ServedPage.text("Fees"));
    }

    @AfterEach
    void stop() {
        camel.stop();
        server.close();
    }

    /** Asks for {@code /fees} of a host whose name has these addresses, one after the other. */
    private Exchange ask(String allowed, String... addresses) throws Exception {
        Deque<String> said = new ArrayDeque<>(List.of(addresses));
        return ask(
                new HostGuard(allowed, host ->
                        new InetAddress[] {InetAddress.getByName(said.size() > 1 ? said.pop() : said.peek())}),
                5_000);
    }

    private Exchange ask(HostGuard guard, long timeout) throws Exception {
        String url = "http://pages.example.org:" + server.port() + "/fees";
        guard.check(java.net.URI.create(url));
        try (PageClient client = new PageClient(guard, timeout)) {
            camel.bind("pageClient", client);
            camel.addOverrideProperty("camel.main.jmxEnabled", "false"); // others of this name run in this machine
            camel.start();
            ProducerTemplate template = camel.getCamelContext().createProducerTemplate();
            return template.request(URI, exchange -> exchange.getMessage().setHeader(Exchange.HTTP_URI, url));
        }
    }

    @Test
    void a_name_leads_where_the_guard_says_it_does() throws Exception {
        Exchange answer = ask("pages.example.org", "127.0.0.3");
        assertThat(answer.getMessage().getBody(String.class)).isEqualTo("Fees");
        assertThat(server.seen().get(0).host()).isEqualTo("pages.example.org:" + server.port());
    }

    @Test
    void a_name_that_leads_elsewhere_the_second_time_is_refused() throws Exception {
        Exchange answer = ask("false", "8.8.8.8", "127.0.0.1");
        assertThat(answer.getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("pages.example.org resolves to 127.0.0.1");
        assertThat(server.seen()).isEmpty();
    }

    /** As in a process that was frozen in the midst of it. */
    @Test
    void a_request_whose_time_is_over_before_it_is_connected_failed_on_its_way() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HostGuard slow = new HostGuard("pages.example.org", host -> {
            if (asked.incrementAndGet() > 1) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
            }
            return new InetAddress[] {InetAddress.getByName("127.0.0.3")};
        });
        assertThat(ask(slow, 200).getException())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("not done after 200 ms");
    }
}
