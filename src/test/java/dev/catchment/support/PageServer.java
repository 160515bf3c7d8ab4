package dev.catchment.support;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Official pages on a free port, over a real socket: what a test says stands at a path, else 404. It answers as many hosts:
 * 127.0.0.1, 127.0.0.2, ... (on Linux each of them is this machine), and counts how many requests to each are under way.
 */
public final class PageServer implements AutoCloseable {
    private final Map<String, ServedPage> pages = new ConcurrentHashMap<>();
    private final Map<String, ServedPage.Raw> raws = new ConcurrentHashMap<>();
    private final PageTraffic traffic = new PageTraffic();
    private final PageListener listener = new PageListener(this::answer);
    private volatile Duration pause = Duration.ZERO;

    private PageServer() {}

    public static PageServer start() {
        return new PageServer();
    }

    /** The address of a path on host 127.0.0.1. */
    public String url(String path) {
        return url(1, path);
    }

    /** The address of a path on host 127.0.0.{@code number}. */
    public String url(int number, String path) {
        return "http://" + host(number) + path;
    }

    /** As the Host header and policy.hosts name it. */
    public String host(int number) {
        return "127.0.0." + number + ":" + port();
    }

    public int port() {
        return listener.port();
    }

    /** Answers so at a path from now on. @param path on every host, or on one: {@code host(2) + "/path"} */
    public PageServer serve(String path, ServedPage page) {
        raws.remove(path);
        pages.put(path, page);
        return this;
    }

    /** @see #serve(String, ServedPage) */
    public PageServer serveRaw(String path, ServedPage.Raw raw) {
        raws.put(path, raw);
        return this;
    }

    /** Lets each answer wait: requests at the same time are under way together then. */
    public PageServer pause(Duration beforeEach) {
        pause = beforeEach;
        return this;
    }

    /** Every request so far, in the order they came. */
    public List<SeenRequest> seen() {
        return traffic.seen();
    }

    /** The paths asked for so far, without robots.txt. */
    public List<String> paths() {
        return seen().stream()
                .map(SeenRequest::path)
                .filter(path -> !path.equals("/robots.txt"))
                .toList();
    }

    /** The greatest number of requests that were under way to one host at the same time. */
    public int mostAtOnce() {
        return traffic.mostAtOnce();
    }

    /** Bytes got rid of so far, what the system keeps in its buffers included. */
    public long sent() {
        return traffic.sent();
    }

    /** @return whether the connection goes on */
    private boolean answer(SeenRequest request, OutputStream plain) throws IOException {
        OutputStream out = traffic.counted(plain);
        traffic.begun(request);
        ServedPage.Raw raw = at(raws, request);
        try {
            LockSupport.parkNanos(pause.toNanos());
            if (raw != null) {
                raw.write(out);
                return false;
            }
        } finally {
            traffic.ended(request); // before the last byte of a page: who reads that may ask again at once
        }
        ServedPage page = at(pages, request);
        out.write((page == null ? ServedPage.status(404) : page).answer(request.headers()));
        return true;
    }

    private static <T> T at(Map<String, T> served, SeenRequest request) {
        T here = served.get(request.host() + request.path());
        return here == null ? served.get(request.path()) : here;
    }

    /** Nobody is answered any more. */
    @Override
    public void close() {
        listener.close();
    }
}
