package dev.catchment.http;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A GET, or a POST, to be made: its URL without secrets, its headers, and who reads the body. Counts its attempts.
 */
public final class HttpCall {
    private static final int MOST_HOPS = 5;
    /** So many milliseconds a turn is good for: statements and processors are not always quick. */
    private static final long FRESH = 1000;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration LONGEST_QUOTA = Duration.ofDays(1);
    /** Nobody stands about for hours; any setting that lets a request wait for longer is kept to. */
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(5);
    /** After so many milliseconds a host is looked at again, whatever it said. */
    private static final long LONGEST_LOOK = 60_000;

    private final String url;
    private final Map<String, String> headers;
    private final long wanted;
    private final BodyReader<?> reader;
    private final CountDownLatch calledOff;
    private final Spool spool;
    private Map<String, String> secrets = Map.of();
    private byte[] body;
    private String target;
    private int hops;
    private long gap;
    private boolean hasTurn;
    private long turnAskedAt;
    private long lookIn;
    private String quota;
    private String budget;
    private Long run;
    private Instant begun;
    /** By a clock that nobody sets. */
    private long begunAt;

    private Instant notBefore = Instant.MIN;
    private int attempts;

    /** Reads a body into what it means; throws TransientFailure where the body is broken. */
    @FunctionalInterface
    public interface BodyReader<T> {
        T read(byte[] body);
    }

    /** @param calledOff opens when nobody wants the answer any more: it is not tried again then, and waits no longer */
    public HttpCall(String url, Map<String, String> headers, BodyReader<?> reader, CountDownLatch calledOff) {
        this(url, headers, Long.MAX_VALUE, reader, calledOff, null);
    }

    /** For a body of any size, which goes to a file; the content of its answer is that file. */
    public HttpCall(String url, Map<String, String> headers, Spool spool, CountDownLatch calledOff) {
        this(url, headers, spool.most(), body -> spool.file(), calledOff, spool);
    }

    /**
     * To be asked for once, for its bytes.
     *
     * @param wanted bytes of the body; of a larger one no more than one byte more is read
     */
    public HttpCall(URI url, Map<String, String> headers, long wanted) {
        // Without characters that Camel would take for a placeholder of its own.
        this(url.toASCIIString(), headers, wanted, body -> body, new CountDownLatch(1), null);
    }

    private HttpCall(
            String url,
            Map<String, String> headers,
            long wanted,
            BodyReader<?> reader,
            CountDownLatch calledOff,
            Spool spool) {
        this.url = url;
        this.headers = Map.copyOf(headers);
        this.wanted = wanted;
        this.reader = reader;
        this.calledOff = calledOff;
        this.spool = spool;
    }

    /**
     * @param gap between two requests to its host, in milliseconds; 0 where the settings say it
     * @param header that says how many requests are left; null if there is none
     * @param host that is there under the name in its URL, and under others; null: that name is all
     */
    public void setPace(long gap, String header, String host) {
        this.gap = gap;
        this.quota = header;
        this.budget = host;
    }

    /**
     * How long the host, by its answer, is let be by everybody; null if it does not ask for that.
     *
     * @param longest that a Retry-After is honoured; a quota is waited for until it is there again, but no longer than a day
     */
    Duration pause(HttpAnswer answer, Duration longest) {
        Duration wait = atMost(longest, answer.retryAfter());
        Duration reset = quota == null ? null : atMost(LONGEST_QUOTA, answer.quotaReset(quota));
        return wait == null || reset != null && reset.compareTo(wait) > 0 ? reset : wait;
    }

    private static Duration atMost(Duration most, Duration asked) {
        return asked == null || asked.compareTo(most) < 0 ? asked : most;
    }

    public long gap() {
        return gap;
    }

    /** Requests a second, at least one: what is slower is paced by its gap. */
    public long perSecond() {
        return gap <= 0 ? 1000 : Math.max(1, 1000 / gap);
    }

    /** Keeps this gap to other requests to its host, whatever its source says. @param milliseconds between two requests */
    public void keepGap(long milliseconds) {
        gap = milliseconds;
    }

    /** Names the run that it is made for: there is no turn for one that another process took for dead. @return this */
    public HttpCall of(Long asking) {
        run = asking;
        return this;
    }

    /** The parameters of the statement that gives it a turn at its host. */
    public Map<String, Object> turn() {
        turnAskedAt = System.nanoTime();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("host", hostName());
        parameters.put("gap_ms", gap);
        parameters.put("run", run);
        return parameters;
    }

    /** Begins to seek its turn; one that it had is used up. */
    public void seekTurn() {
        hasTurn = false;
        lookIn = 0;
    }

    /** Leaves at the pace of its own process alone. */
    public void needsNoTurn() {
        hasTurn = true;
    }

    /**
     * Takes in whether it may leave.
     *
     * @param row of the statement that gives turns: is_yours, wait_ms, is_lost
     * @param longest pause that is waited for, in milliseconds
     * @throws FatalFailure if its run is not running any more
     * @throws TransientFailure if its host has no requests left for longer than that: who claims sources comes back to it then
     */
    public void said(Map<String, Object> row, long longest) {
        if (Boolean.TRUE.equals(row.get("is_lost"))) {
            throw new FatalFailure("The run is no longer running in ops.runs: another process took it for dead.");
        }
        hasTurn = (Boolean) row.get("is_yours");
        lookIn = ((Number) row.get("wait_ms")).longValue();
        if (!hasTurn && lookIn > Math.max(longest, LEAST_PATIENCE.toMillis())) {
            Duration wait = Duration.ofMillis(lookIn);
            // As a 429: fewer records would not help.
            throw new TransientFailure(
                    "%s allows no more requests until %s UTC."
                            .formatted(hostName(), MINUTE.format(Instant.now().plus(wait))),
                    429,
                    wait);
        }
    }

    /** Whether it was given a turn; if not, what failed was no request, and trying it again is no use. */
    public boolean hasTurn() {
        return hasTurn;
    }

    /** Whether it may not leave: it has no turn, or one that has passed, as its process did nothing for a while. */
    public boolean lacksTurn() {
        return !hasTurn || System.nanoTime() - turnAskedAt > TimeUnit.MILLISECONDS.toNanos(FRESH);
    }

    /** Waits until its turn may have come. @throws TransientFailure if nobody wants the answer any more */
    public void awaitLook() throws InterruptedException {
        if (calledOff.await(Math.min(lookIn, LONGEST_LOOK), TimeUnit.MILLISECONDS)) {
            throw new TransientFailure("The answer is no longer wanted.");
        }
    }

    /** Whose turn it takes: that of its host, or of the one that is behind its name; a redirect may lead to another. */
    String hostName() {
        String asked = URI.create(target()).getHost();
        boolean isOurs = asked.equalsIgnoreCase(URI.create(url).getHost());
        return (budget != null && isOurs ? budget : asked).toLowerCase(Locale.ROOT);
    }

    /** Headers that go to the URL alone, and along no redirect. */
    public HttpCall withSecrets(Map<String, String> headersOfTheSecret) {
        secrets = Map.copyOf(headersOfTheSecret);
        return this;
    }

    /** Makes it a POST. */
    public HttpCall withBody(byte[] bytes) {
        body = bytes;
        return this;
    }

    String method() {
        return body == null ? "GET" : "POST";
    }

    /** What is sent; null for a GET. */
    byte[] body() {
        return body;
    }

    public String url() {
        return url;
    }

    /** The host with its port, without user and password: what is throttled together, and logged. */
    public String host() {
        return URI.create(target()).getAuthority().replaceFirst("^.*@", "");
    }

    /** Where it goes now: the URL, or where that led. */
    public String target() {
        return target == null ? url : target;
    }

    /**
     * Goes on to where an answer leads.
     *
     * @throws PermanentFailure if that is nowhere, or one time too often
     */
    public void follow(HttpAnswer answer) {
        String location = answer.headers().get("location");
        if (location == null) {
            throw new PermanentFailure("The server redirects, but does not say where to.", answer.status());
        }
        hops++;
        if (hops > MOST_HOPS) {
            throw new PermanentFailure(
                    "The server redirected more than %d times.".formatted(MOST_HOPS), answer.status());
        }
        try {
            target = URI.create(target())
                    .resolve(location.strip().replace(" ", "%20"))
                    .toASCIIString();
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure(
                    "The server redirects to something that is no URL: " + location, answer.status());
        }
    }

    /** Requests made so far. */
    public int attempts() {
        return attempts;
    }

    void notBefore(Instant moment) {
        notBefore = moment;
    }

    /** Waits until the server wants to be asked again, or nobody wants the answer any more. */
    void awaitTurn() throws InterruptedException {
        target = null;
        hops = 0;
        if (Instant.now().isBefore(notBefore)) {
            calledOff.await(Duration.between(Instant.now(), notBefore).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether anybody still waits for the answer. */
    public boolean isWanted() {
        return calledOff.getCount() > 0;
    }

    /** The headers to send, for one more attempt. */
    public Map<String, String> attempt() {
        if (begun == null) {
            begun = Instant.now();
            begunAt = System.nanoTime();
        }
        attempts += hops == 0 ? 1 : 0;
        if (hops > 0 || secrets.isEmpty()) {
            return headers;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(secrets);
        return all;
    }

    long mostBytes() {
        return wanted;
    }

    /** Where a successful body goes; null: to memory. */
    Spool spool() {
        return spool;
    }

    HttpAnswer answer(int status, Map<String, String> received, byte[] body, long bytes) {
        int milliseconds = Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunAt));
        return new HttpAnswer(url, status, received, attempts, begun, milliseconds, bytes, body);
    }

    HttpAnswer read(HttpAnswer answer) {
        return new HttpAnswer(
                url,
                answer.status(),
                answer.headers(),
                answer.attempts(),
                answer.begun(),
                answer.milliseconds(),
                answer.bytes(),
                reader.read(answer.body()));
    }
}
