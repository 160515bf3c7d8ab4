package dev.catchment.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Reads the body of an answer. */
final class Body {
    private Body() {}

    /**
     * Reads no further than one byte more than wanted: so many show that there is more.
     *
     * @param body closed in the end; null is an empty one
     * @param timeout an answer that drips for longer is no answer
     */
    static byte[] read(InputStream body, long wanted, Duration timeout) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long end = System.nanoTime() + timeout.toNanos();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = body == null ? InputStream.nullInputStream() : body) {
            while (bytes.size() <= wanted) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, wanted + 1 - bytes.size()));
                if (read < 0) {
                    break;
                }
                bytes.write(buffer, 0, read);
                if (System.nanoTime() > end) {
                    throw new SocketTimeoutException("the body came too slowly");
                }
            }
        }
        return bytes.toByteArray();
    }
}
