package dev.catchment.http;

import dev.catchment.errors.Cause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process reaches anything at all. Where a request got no answer, and no connection is to be had either to any of
 * several other hosts that answered before, it is the network of this machine that is gone: nothing is claimed until it is back, and
 * what failed says nothing of who was asked.
 */
public final class OwnNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(OwnNetwork.class);
    /** Beside the one that failed: fewer may be down at the same time by chance. */
    private static final int FEWEST = 2;
    /** They may be gone for good, and others there: then work is begun again, and says so. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Duration timeout;
    private List<URI> witnesses = List.of();
    private volatile Instant goneSince;
    private volatile boolean isWatched;

    /** @param timeout of a connection, in milliseconds */
    public OwnNetwork(long timeout) {
        this.timeout = Duration.ofMillis(timeout);
    }

    /** Whether a failure may be that of our network: no answer came. */
    public static boolean isDoubted(Throwable failure) {
        return failure != null && Cause.of(failure) instanceof IOException;
    }

    /** Looks whether any of these can be connected to. @param rows with the url of hosts that answered before */
    public synchronized void look(List<Map<String, Object>> rows) {
        if (isGone() || !isWatched) {
            return; // many requests fail in the same moment
        }
        List<URI> hosts = rows.stream()
                .map(row -> URI.create((String) row.get("url")))
                .filter(url -> url.getHost() != null)
                .toList();
        if (hosts.size() >= FEWEST) {
            witnesses = hosts;
            look();
        }
    }

    /**
     * Looks again, if it was gone. Before the first time nothing is ever taken for gone: a command, in which nobody looks again,
     * would claim nothing any more to its end.
     */
    public synchronized void lookAgain() {
        isWatched = true;
        if (isGone()) {
            look();
        }
        if (isGone() && goneSince.plus(LONGEST).isBefore(Instant.now())) {
            LOG.info("Work is begun again, to see whether the network is back. after={}", LONGEST);
            goneSince = null;
        }
    }

    private void look() {
        boolean isThere = isAnyThere();
        if (isThere && isGone()) {
            LOG.info("The network is back; this process works on.");
            goneSince = null;
        } else if (!isThere && !isGone()) {
            LOG.warn(
                    "This process reaches none of several hosts that answered before: its network is gone. It claims nothing"
                            + " until one of them can be connected to; what failed meanwhile is left to others. hosts={}",
                    witnesses.stream().map(URI::getHost).toList());
            goneSince = Instant.now();
        }
    }

    private boolean isAnyThere() {
        ExecutorService threads = Executors.newFixedThreadPool(witnesses.size(), task -> {
            Thread thread = new Thread(task, "own-network");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return threads.invokeAny(
                    witnesses.stream().map(this::connection).toList(), timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !isGone();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Says nothing to it: it is no request. */
    private Callable<Boolean> connection(URI url) {
        int standard = "https".equals(url.getScheme()) ? 443 : 80;
        int port = url.getPort() < 0 ? standard : url.getPort();
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(url.getHost(), port), (int) timeout.toMillis());
                return true;
            }
        };
    }

    public boolean isGone() {
        return goneSince != null;
    }

    /** Since when; null if it is there. */
    public Instant goneSince() {
        return goneSince;
    }

    /** Whether a failure is that of our network, and not of who was asked. */
    public boolean isToBlame(Throwable failure) {
        return isGone() && isDoubted(failure);
    }
}
