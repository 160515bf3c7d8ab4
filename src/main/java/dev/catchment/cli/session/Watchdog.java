package dev.catchment.cli.session;

import dev.catchment.postgres.Database;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a process that was told to stop ends. After ten seconds it says what is still waited for; after thirty it
 * ends the process with {@link ExitCode#STUCK}, unless only its PostgreSQL has yet to shut down. That is as safe as a crash: what is not committed is done by the next start.
 * Without it a statement that waits for a lock kept a service for ever: when the shutdown timeout of Camel is over,
 * {@code SedaConsumer.prepareShutdown} waits for its threads without a limit.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(10);
    private static final Duration LAST_WORD = Duration.ofSeconds(29);
    private static final Duration TOO_LONG = Duration.ofSeconds(30);
    /** A checkpoint of much that was written, on a slow disk; cut off, it would be followed by a recovery. */
    private static final Duration TOO_LONG_FOR_THE_SERVER = Duration.ofSeconds(150);

    private static final String OURS = "dev.catchment.";
    private static final Predicate<String> OF_JAVA = name -> name.matches("(java|jdk|sun)\\..*");

    /** Of the routes of this process, if it has any. */
    private static volatile CamelContext camel;

    /** That of this process, if it has any. */
    private static volatile Database database;

    private final long begun = System.nanoTime();

    private Watchdog() {}

    /** Tells where the routes of this process are. */
    static void tell(CamelContext context) {
        camel = context;
    }

    /** Tells which database this process works with. */
    static void tell(Database opened) {
        database = opened;
    }

    /** Whether all work has ended, and only the embedded PostgreSQL has yet to shut down. */
    private static boolean isServerLeft() {
        Database known = database;
        return known != null && known.isServerLeft();
    }

    /** Watches from now on, until the process has ended. */
    static void start() {
        Watchdog dog = new Watchdog();
        daemon("watchdog", () -> {
            dog.sleepUntil(TOO_LONG);
            if (isServerLeft()) {
                LOG.warn(
                        "Only the embedded PostgreSQL is still shutting down; it is given {} s.",
                        TOO_LONG_FOR_THE_SERVER.toSeconds());
                dog.sleepUntil(TOO_LONG_FOR_THE_SERVER);
            }
            Runtime.getRuntime().halt(ExitCode.STUCK);
        });
        // Another thread speaks: a log that nobody reads any more holds up whoever writes to it.
        daemon("watchdog-words", () -> {
            dog.sleepUntil(WORTH_A_WORD);
            LOG.warn("Still stopping after 10 s; the process is ended after 30 s. {}", waitsFor());
            dog.sleepUntil(LAST_WORD);
            if (isServerLeft()) {
                return;
            }
            LOG.error(
                    "Not stopped within 30 s, so the process is ended, with exit code {}. What is committed is safe, and the"
                            + " next start resumes from there. {}",
                    ExitCode.STUCK,
                    waitsFor());
        });
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void sleepUntil(Duration moment) {
        try {
            TimeUnit.NANOSECONDS.sleep(begun + moment.toNanos() - System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts a watchdog.", e);
        }
    }

    /** What keeps the process: routes with exchanges in flight, and threads that work for them or for us. */
    private static String waitsFor() {
        return "routes=%s threads=%s".formatted(routes(), threads());
    }

    private static List<String> routes() {
        CamelContext context = camel;
        return context == null
                ? List.of()
                : context.getRoutes().stream()
                        .map(Route::getRouteId)
                        .filter(route -> context.getInflightRepository().size(route) > 0)
                        .map(route ->
                                route + ":" + context.getInflightRepository().size(route))
                        .sorted()
                        .toList();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !thread.getKey().getName().startsWith("watchdog") && isAtWork(thread.getValue()))
                .map(thread -> "\"%s\" in %s".formatted(thread.getKey().getName(), place(thread.getValue())))
                .sorted()
                .toList();
    }

    private static boolean isAtWork(StackTraceElement[] stack) {
        return frames(stack).anyMatch(name -> name.startsWith(OURS) || name.startsWith("org.apache.camel.processor."));
    }

    /** The method it waits in, Java's own left out, and the first of ours that led there. */
    private static String place(StackTraceElement[] stack) {
        String at = frames(stack).filter(OF_JAVA.negate()).findFirst().orElse("");
        return frames(stack)
                .filter(name -> name.startsWith(OURS) && !name.equals(at))
                .findFirst()
                .map(ours -> at + " for " + ours)
                .orElse(at);
    }

    private static Stream<String> frames(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(frame -> frame.getClassName() + "." + frame.getMethodName());
    }
}
