package dev.catchment.errors;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** A failure in a sentence for people, on one line: what the Java platform says of a network is for programmers. */
public final class FailureText {
    private FailureText() {}

    /** @param address what may be wrong if the other side cannot be reached, such as the setting that names it */
    public static String of(Throwable failure, String address) {
        Throwable cause = Cause.of(failure);
        String said = line(cause);
        if (cause instanceof UnknownHostException) {
            return "The host %s is unknown: no network, or %s is wrong.".formatted(said.split(": ", 2)[0], address);
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "No connection: %s. The server is down or out of reach, or %s is wrong."
                    .formatted(unstopped(said), address);
        }
        if (cause instanceof SocketTimeoutException) {
            return "No answer in time: %s. The server is slow or out of reach, or http.timeout is too short."
                    .formatted(unstopped(said));
        }
        if (cause instanceof SSLException) {
            return "No secure connection: %s. The certificate is not trusted here, the clock is wrong, or %s is."
                    .formatted(unstopped(said), address);
        }
        return isBrokenConnection(cause) ? "The connection was lost: " + unstopped(said) + "." : said;
    }

    /** Not every IOException is of the network: those of the HTTP client are told by their package, files have theirs. */
    private static boolean isBrokenConnection(Throwable cause) {
        return cause instanceof SocketException || cause.getClass().getName().startsWith("org.apache.hc.");
    }

    /** Its message on one line; the name of its class where there is none. */
    private static String line(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private static String unstopped(String sentence) {
        return sentence.replaceFirst("[.\\s]+$", "");
    }
}
