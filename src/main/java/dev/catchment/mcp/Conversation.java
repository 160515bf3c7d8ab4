package dev.catchment.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The two streams of a client, one message a line. A question is handed on when the one before is answered, for the SDK drops
 * answers that are given at the same time, and the end of the input is told last: whoever pipes questions in gets each answer.
 */
final class Conversation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE = 60;

    private final BufferedReader in;
    private final OutputStream out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int open;

    Conversation(InputStream in, OutputStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    private synchronized void count(int by) {
        open += by;
        notifyAll();
    }

    private synchronized void awaitAnswers() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        try {
            for (long left = until - System.nanoTime(); open > 0 && left > 0; left = until - System.nanoTime()) {
                wait(1 + TimeUnit.NANOSECONDS.toMillis(left));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Waits until the client has closed its end. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private static boolean isOf(String line, String... fields) {
        try {
            JsonNode message = JSON.readTree(line);
            for (String field : fields) {
                if (message == null || !message.has(field)) {
                    return false;
                }
            }
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The next message, once all before it are answered; null if there will be none. */
    private String next() throws IOException {
        String next = null;
        try {
            awaitAnswers();
            next = in.readLine();
            return next;
        } finally {
            if (next == null) {
                ended.countDown();
            }
        }
    }

    InputStream questions() {
        return new InputStream() {
            private byte[] line = new byte[0];
            private int at;

            @Override
            public int read() throws IOException {
                return fill() ? line[at++] & 0xff : -1;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                if (!fill()) {
                    return -1;
                }
                int length = Math.min(most, line.length - at);
                System.arraycopy(line, at, into, from, length);
                at += length;
                return length;
            }

            private boolean fill() throws IOException {
                if (at < line.length) {
                    return true;
                }
                String next = next();
                if (next == null) {
                    return false;
                }
                if (isOf(next, "id", "method")) {
                    count(1);
                }
                line = (next + "\n").getBytes(StandardCharsets.UTF_8);
                at = 0;
                return true;
            }
        };
    }

    OutputStream answers() {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                String message = new String(bytes, from, length, StandardCharsets.UTF_8);
                if (message.isBlank()) {
                    return; // the end of a message is written with it
                }
                out.write(bytes, from, length);
                out.write('\n');
                out.flush();
                if (isOf(message, "id", "result") || isOf(message, "id", "error")) {
                    count(-1);
                }
            }

            @Override
            public void write(int one) {
                // The end of a message is written with it.
            }
        };
    }
}
