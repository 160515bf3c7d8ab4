package dev.catchment.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that would hold a request for as long as they like; those here give up first, so that who waits is found out. */
class ApiClientTest {
    private static final String URI =
            "http://any?throwExceptionOnFailure=false&disableStreamCache=true&responseTimeout=60000&soTimeout=60000"
                    + "&httpClientConfigurer=#apiClient";

    private final Main camel = new Main();

    @AfterEach
    void stop() {
        camel.stop();
    }

    private interface Answering {
        void to(InputStream in, OutputStream out) throws IOException;
    }

    /** What came of a request; in time, or the server saw to it that it is not. */
    private Exchange ask(long timeout, Answering server) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ApiClient client = new ApiClient(timeout)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket socket = listening.accept()) {
                    socket.setSoTimeout(5_000);
                    server.to(socket.getInputStream(), socket.getOutputStream());
                } catch (SocketException left) {
                    assertThat(left).as("reset by the other side").isNotNull();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            camel.bind("apiClient", client);
            camel.addOverrideProperty("camel.main.jmxEnabled", "false"); // others of this name run in this machine
            camel.start();
            String url = "http://localhost:" + listening.getLocalPort() + "/";
            Exchange answer = camel.getCamelContext()
                    .createProducerTemplate()
                    .request(URI, exchange -> exchange.getMessage().setHeader(Exchange.HTTP_URI, url));
            if (answer.getMessage().getBody() instanceof InputStream body) {
                body.close();
            }
            served.get(30, TimeUnit.SECONDS);
            return answer;
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void what_is_left_of_an_answer_is_not_waited_for() throws Exception {
        Exchange answer = ask(60_000, (in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbeginning");
            in.transferTo(OutputStream.nullOutputStream()); // until the other side leaves
        });
        assertThat(answer.getException()).isNull();
    }

    @Test
    void a_head_that_drips_is_left() throws Exception {
        Exchange answer = ask(100, (in, out) -> {
            in.read();
            write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
            for (int i = 0; i < 250; i++) {
                write(out, "a");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
        assertThat(answer.getException())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("not done after 300 ms");
    }
}
