package dev.catchment.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.CrawlProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A client that starts {@code catchment mcp} for itself, asks it for what changed, and starts it again when it ended. */
final class McpRoom implements LabRoom {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPENING = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"lab\",\"version\":\"1\"}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

    /** With an answer or with what is wrong: longer than a connection is black-holed, or a statement may take. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    private static final long PAUSE = 200_000_000;

    /** A process of it, and how many questions it was asked. */
    private static final class Session {
        final CrawlProcess process;
        volatile boolean isKilled;
        boolean isOpen;
        int asked;

        Session(CrawlProcess process) {
            this.process = process;
        }

        void say(String line) {
            process.type(line + "\n");
        }

        /** @return null if it ended before, or was killed */
        JsonNode answer(int id) throws InterruptedException, JsonProcessingException {
            long latest = System.nanoTime() + LATEST.toNanos();
            while (!Thread.interrupted()) {
                boolean hasEnded = process.hasEnded();
                for (JsonNode message : messages()) {
                    if (message.path("id").asInt() == id) {
                        return message;
                    }
                }
                if (hasEnded) {
                    return null;
                }
                if (System.nanoTime() > latest) {
                    throw new IllegalStateException("question " + id + " was not answered within " + LATEST);
                }
                LockSupport.parkNanos(10_000_000);
            }
            throw new InterruptedException();
        }

        /** All that it wrote on standard output but the beginning of a line. */
        private List<JsonNode> messages() throws JsonProcessingException {
            List<JsonNode> messages = new ArrayList<>();
            String said = process.standardOutput();
            for (String line :
                    said.substring(0, said.lastIndexOf('\n') + 1).lines().toList()) {
                JsonNode message = JSON.readTree(line);
                if (!message.path("jsonrpc").asText().equals("2.0")) {
                    throw new IllegalStateException("it wrote what is no message: " + line);
                }
                messages.add(message);
            }
            return messages;
        }
    }

    private final Lab lab;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private ReadChanges changes = new ReadChanges("mcp");
    private TcpProxy way;
    private Map<String, String> settings;
    private Thread reader;
    private volatile Session session;
    private volatile boolean isOver;
    private volatile int answered;

    McpRoom(Lab lab) {
        this.lab = lab;
    }

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public boolean hasVerify() {
        return false;
    }

    @Override
    public boolean isFollowing() {
        return true;
    }

    /** No node works for it. */
    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public void begin(Random random, LabDatabase database, Path files) {
        close();
        wrong.clear();
        changes = new ReadChanges(name());
        answered = 0;
        way = TcpProxy.to(lab.server().port());
        settings = Map.of(
                "database.url",
                lab.server().urlBy("127.0.0.1", way.port(), database.url().database()),
                "data.dir",
                files.resolveSibling("mcp").toString(),
                "postgres.connection-timeout",
                "5s");
        isOver = false;
        reader = new Thread(this::read, "lab-mcp");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (!isOver) {
                Session now = opened();
                if (now.isOpen) {
                    follow(now);
                }
                LockSupport.parkNanos(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JsonProcessingException | IllegalStateException e) {
            wrong.add("mcp: " + e.getMessage() + "\n" + session.process.standardError());
        }
    }

    /** Where the database is away when it starts, it ends and says so, as any command does; later it has to stay. */
    private Session opened() throws InterruptedException, JsonProcessingException {
        Session now = session;
        if (now != null && !now.process.hasEnded()) {
            return now;
        }
        if (now != null && now.isOpen && !now.isKilled) {
            throw new IllegalStateException("it ended by itself, with exit code " + now.process.exitCode());
        }
        now = new Session(CrawlProcess.command(settings, List.of("mcp")));
        session = now;
        try {
            lab.leavings().node(now.process.handle());
        } catch (IllegalStateException labIsOver) {
            now.process.kill();
            throw labIsOver;
        }
        try {
            OPENING.forEach(now::say);
            now.asked = 1;
            now.isOpen = now.answer(1) != null;
        } catch (UncheckedIOException hasEnded) {
            now.isOpen = false;
        }
        return now;
    }

    private void follow(Session now) throws InterruptedException, JsonProcessingException {
        int id = ++now.asked;
        try {
            now.say(
                    "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"changes_since\",\"arguments\":{\"after\":%d,\"limit\":20}}}"
                            .formatted(id, changes.last()));
        } catch (UncheckedIOException hasEnded) {
            return;
        }
        JsonNode answer = now.answer(id);
        if (answer == null) {
            return;
        }
        if (!answer.at("/result/isError").isBoolean()) {
            throw new IllegalStateException("it answered " + answer);
        }
        if (!answer.at("/result/isError").asBoolean()) {
            answered++;
            for (JsonNode row :
                    JSON.readTree(answer.at("/result/content/0/text").asText()).path("rows")) {
                changes.take(row.path("number").asLong());
            }
        }
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        switch (random.nextInt(4)) {
            case 0 -> {
                way.reset();
                return "its connections are reset";
            }
            case 1 -> {
                way.cut(true);
                return "black hole on its way to the database";
            }
            case 2 -> {
                way.slow(50);
                return "it is far from the database";
            }
            default -> {
                Session now = session;
                if (now != null) {
                    now.isKilled = true;
                    now.process.kill();
                }
                return "its client kills it";
            }
        }
    }

    @Override
    public void mend() {
        way.cut(false);
        way.slow(0);
    }

    @Override
    public void calm() {
        mend();
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        // Who reads no more says why; there is nothing to wait for.
        return wrong.isEmpty() ? changes.unrest(database) : "";
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        stopReading();
        List<String> all = new ArrayList<>(wrong);
        if (wrong.isEmpty()) {
            session.process.endInput();
            int code = session.process.exitCode();
            if (code != 0) {
                all.add("mcp: ended with exit code " + code + " at the end of its input\n"
                        + session.process.standardError());
            }
            if (answered == 0) {
                all.add("mcp: it never answered");
            }
        }
        all.addAll(changes.violations(database));
        return all;
    }

    private void stopReading() {
        isOver = true;
        if (reader != null) {
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            reader = null;
        }
    }

    @Override
    public void close() {
        stopReading();
        if (session != null) {
            session.process.close();
            session = null;
        }
        if (way != null) {
            way.close();
            way = null;
        }
    }
}
