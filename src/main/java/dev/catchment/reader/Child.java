package dev.catchment.reader;

import dev.catchment.errors.TransientFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A reader, seen by the process that started it. */
final class Child {
    /** What says how file names are written. All else, secrets first of all, stays here. */
    private static final Set<String> ENVIRONMENT = Set.of("LANG", "LC_ALL", "LC_CTYPE");

    private static final long SECONDS_TO_END = 10;

    private final Process process;
    private final DataOutputStream to;
    private final DataInputStream from;
    private volatile boolean late;
    private volatile long idleSince;

    private Child(Process process) {
        this.process = process;
        this.to = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), Wire.PIECE));
        this.from = new DataInputStream(new BufferedInputStream(process.getInputStream(), Wire.PIECE));
    }

    /** @param heap in bytes */
    static Child start(long heap) {
        ProcessBuilder builder = new ProcessBuilder(command(heap)).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new TransientFailure("The process that reads documents could not be started: " + e.getMessage(), e);
        }
    }

    /** Ctrl-C goes to all processes of a terminal: when a reader ends is for the one that started it to say. */
    private static List<String> command(long heap) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT TERM HUP; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:+ExitOnOutOfMemoryError",
                // Standard output is for answers; and no crash leaves files behind.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReaderProcess.class.getName()));
        return command;
    }

    Child greet() throws IOException {
        if (from.readInt() != Wire.HELLO) {
            throw new IOException("It is not a reader.");
        }
        return this;
    }

    void ask(Class<? extends ReaderTask> task, byte[]... question) throws IOException {
        to.writeUTF(task.getName());
        to.writeInt(Stream.of(question).mapToInt(part -> part.length).reduce(0, Math::addExact));
        for (byte[] part : question) {
            to.write(part);
        }
        to.flush();
    }

    DataInputStream from() {
        return from;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void end() {
        process.destroyForcibly();
    }

    /** Ends it, because it takes too long. */
    void giveUp() {
        late = true;
        end();
    }

    boolean isLate() {
        return late;
    }

    void rests() {
        idleSince = System.nanoTime();
    }

    boolean restsFor(long nanos) {
        return System.nanoTime() - idleSince >= nanos;
    }

    /** Why it does not answer as it should; it is ended. */
    ReaderFailure trouble(Exception seen) {
        if (late) {
            return new ReaderFailure(ReaderFailure.Kind.TIME, "no response in time");
        }
        int status = exitStatus();
        return switch (status) {
            case Wire.EXIT_MEMORY -> new ReaderFailure(ReaderFailure.Kind.MEMORY, "heap=full");
            case Wire.EXIT_STACK -> new ReaderFailure(ReaderFailure.Kind.MEMORY, "stack=full");
            default -> new ReaderFailure(ReaderFailure.Kind.DIED, "status=%d seen=%s".formatted(status, seen));
        };
    }

    /** It may be on its way to its end by itself, and says why by its status. */
    private int exitStatus() {
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                end();
                process.waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new TransientFailure("The text is no longer wanted.", e);
        }
    }
}
