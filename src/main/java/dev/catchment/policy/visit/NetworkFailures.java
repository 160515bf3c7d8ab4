package dev.catchment.policy.visit;

import dev.catchment.errors.Cause;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Verdict;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What a failure of the network says of a visit. */
final class NetworkFailures {
    private NetworkFailures() {}

    static Verdict of(Throwable failure, URI asked) {
        Throwable cause = Cause.of(failure);
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Verdict.of(outcome(cause), "asked=%s said=%s".formatted(asked, said.replaceAll("\\s+", " ")));
    }

    private static FetchOutcome outcome(Throwable cause) {
        if (cause instanceof PermanentFailure) {
            return FetchOutcome.ADDRESS_REFUSED;
        }
        if (cause instanceof UnknownHostException) {
            return FetchOutcome.UNKNOWN_HOST;
        }
        if (cause instanceof SocketTimeoutException) {
            return FetchOutcome.TIMED_OUT;
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return FetchOutcome.UNREACHABLE;
        }
        return cause instanceof SSLException ? FetchOutcome.INSECURE : FetchOutcome.BROKEN_ANSWER;
    }
}
