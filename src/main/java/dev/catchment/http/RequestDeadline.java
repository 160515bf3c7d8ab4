package dev.catchment.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends a request that takes too long: the time-outs of a socket begin anew with each byte, so that a server that drips, in
 * its head or within a packed body, would never be left. And an answer that is not read to its end costs its connection:
 * the client would read the rest only to keep that.
 */
final class RequestDeadline implements ExecChainHandler, AutoCloseable {
    private final Duration longest;
    private final ScheduledThreadPoolExecutor clock;

    RequestDeadline(Duration longest) {
        this.longest = longest;
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "http-deadline");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Watch watch = new Watch(scope);
        try {
            return watch.over(chain.proceed(request, scope));
        } catch (IOException e) {
            throw watch.reason(e);
        } catch (IllegalStateException e) {
            if (watch.isOver) {
                throw watch.reason(new IOException(e)); // its connection was taken away between two steps
            }
            throw e;
        } catch (VirtualMachineError e) {
            scope.execRuntime.discardEndpoint(); // Camel would lose the error: the watch would never end
            throw new IOException("the response needs more memory than is available: " + e, e);
        } finally {
            if (!watch.isOpen) {
                watch.end();
            }
        }
    }

    /** Over one request, until its answer is closed. */
    private final class Watch {
        private final ExecChain.Scope scope;
        private final ScheduledFuture<?> end;
        private volatile boolean isOver;
        private boolean isOpen;

        Watch(ExecChain.Scope scope) {
            this.scope = scope;
            end = clock.schedule(this::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void cancel() {
            isOver = true;
            ((Cancellable) scope.originalRequest).cancel();
        }

        void end() {
            end.cancel(false);
        }

        IOException reason(IOException failure) {
            return isOver ? new SocketTimeoutException("not done after " + longest.toMillis() + " ms") : failure;
        }

        /** Goes on until the body, if there is one, is closed. */
        ClassicHttpResponse over(ClassicHttpResponse response) throws IOException {
            if (response.getEntity() != null) {
                InputStream content = new Watched(response.getEntity().getContent(), this);
                response.setEntity(new HttpEntityWrapper(response.getEntity()) {
                    @Override
                    public InputStream getContent() {
                        return content;
                    }
                });
                isOpen = true;
            }
            return response;
        }
    }

    private static final class Watched extends FilterInputStream {
        private final Watch watch;
        private boolean isRead;

        Watched(InputStream content, Watch watch) {
            super(content);
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                int read = in.read(bytes, from, length);
                isRead |= read < 0;
                return read;
            } catch (IOException e) {
                throw watch.reason(e);
            }
        }

        @Override
        public void close() throws IOException {
            watch.end();
            if (isRead) {
                in.close();
            } else {
                discard();
            }
        }

        private void discard() {
            watch.scope.execRuntime.discardEndpoint();
            try {
                in.close();
            } catch (IOException expected) {
                // It misses the rest, which nobody wants.
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
