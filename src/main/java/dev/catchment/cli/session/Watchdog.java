package dev.catchment.cli.session;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a process that was told to stop ends. After ten seconds it says what is still waited for; after thirty it
 * ends the process with {@link ExitCode#STUCK}. That is as safe as a crash: what is not committed is done by the next start.
 * Without it a statement that waits for a lock kept a service for ever: when the shutdown timeout of Camel is over,
 * {@code SedaConsumer.prepareShutdown} waits for its threads without a limit.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(10);
    private static final Duration LAST_WORD = Duration.ofSeconds(29);
    private static final Duration TOO_LONG = Duration.ofSeconds(30);
    private static final String OURS = "dev.catchment.";
    private static final Predicate<String> OF_JAVA = name -> name.matches("(java|jdk|sun)\\..*");

    private final long begun = System.nanoTime();

    private Watchdog() {}

    /** Watches from now on, until the process has ended. */
    static void start() {
        Watchdog dog = new Watchdog();
        daemon("watchdog", () -> {
            dog.sleepUntil(TOO_LONG);
            Runtime.getRuntime().halt(ExitCode.STUCK);
        });
        // Another thread speaks: a log that nobody reads any more holds up whoever writes to it.
        daemon("watchdog-words", () -> {
            dog.sleepUntil(WORTH_A_WORD);
            LOG.warn("Still stopping after 10 s; the process is ended after 30 s. {}", waitsFor());
            dog.sleepUntil(LAST_WORD);
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

    /** As JMX shows them; those that are stopped are not there any more. */
    private static List<String> routes() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            return server.queryNames(new ObjectName("org.apache.camel:type=routes,*"), null).stream()
                    .flatMap(route -> inFlight(server, route).stream())
                    .sorted()
                    .toList();
        } catch (JMException e) {
            throw new IllegalStateException("The name is well-formed.", e);
        }
    }

    private static Optional<String> inFlight(MBeanServer server, ObjectName route) {
        try {
            long exchanges = ((Number) server.getAttribute(route, "ExchangesInflight")).longValue();
            return exchanges == 0
                    ? Optional.empty()
                    : Optional.of(ObjectName.unquote(route.getKeyProperty("name")) + ":" + exchanges);
        } catch (JMException stoppedMeanwhile) {
            return Optional.empty();
        }
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
