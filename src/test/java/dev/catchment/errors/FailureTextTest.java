package dev.catchment.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void an_unknown_host_is_no_network_or_a_wrong_setting() {
        String said = "The host api.example is unknown: no network, or catalog.us.url is wrong.";
        assertThat(words(new UnknownHostException("api.example: Name or service not known")))
                .isEqualTo(said);
        assertThat(words(new RuntimeCamelException(new UnknownHostException("api.example"))))
                .isEqualTo(said);
    }

    @Test
    void a_network_failure_says_what_to_look_at_and_names_no_class() {
        assertThat(words(new ConnectException("Connect to http://a.example:80 failed: Connection refused")))
                .isEqualTo("No connection: Connect to http://a.example:80 failed: Connection refused."
                        + " The server is down or out of reach, or catalog.us.url is wrong.");
        assertThat(words(new SocketTimeoutException("Read timed out")))
                .startsWith("No answer in time: Read timed out.")
                .contains("http.timeout");
        assertThat(words(new SSLHandshakeException("PKIX path building failed")))
                .startsWith("No secure connection: PKIX path building failed.")
                .contains("certificate");
        assertThat(words(new SocketException("Connection reset")))
                .isEqualTo("The connection was lost: Connection reset.");
        assertThat(words(new NoHttpResponseException("a.example failed to respond")))
                .isEqualTo("The connection was lost: a.example failed to respond.");
    }

    @Test
    void what_was_said_in_our_words_stays_on_one_line() {
        assertThat(words(new TransientFailure("HTTP 503, text/html: Down"))).isEqualTo("HTTP 503, text/html: Down");
        assertThat(words(new IllegalStateException("ERROR: no space left\n  Hint: Check free disk space.")))
                .isEqualTo("ERROR: no space left Hint: Check free disk space.");
        assertThat(words(new EOFException("Unexpected end of ZLIB input stream")))
                .as("of a file, not of the network")
                .isEqualTo("Unexpected end of ZLIB input stream");
        assertThat(words(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    private static String words(Throwable failure) {
        return FailureText.of(failure, "catalog.us.url");
    }
}
