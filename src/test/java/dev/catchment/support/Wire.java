package dev.catchment.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a process to the database of the tests, which can be cut: connections stay open, nothing passes any more, in
 * neither direction, and neither side is told.
 */
public final class Wire implements AutoCloseable {
    private final String database = TestDatabase.get().url().connectionUrl();
    private final ServerSocket listener;
    private final List<Socket> sockets = new ArrayList<>();
    private boolean isCut;

    private Wire(ServerSocket listener) {
        this.listener = listener;
    }

    public static Wire open() {
        try {
            Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
            start(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** DATABASE_URL of a process at the end of it. */
    public String url() {
        return database.replace("127.0.0.1:" + port(), "127.0.0.1:" + listener.getLocalPort());
    }

    private int port() {
        return Integer.parseInt(database.replaceFirst(".*@127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
    }

    public synchronized void cut() {
        isCut = true;
    }

    public synchronized void mend() {
        isCut = false;
        notifyAll();
    }

    private synchronized void awaitWhole() throws InterruptedException {
        while (isCut) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket("127.0.0.1", port());
                synchronized (this) {
                    sockets.addAll(List.of(near, far));
                }
                start(() -> carry(near, far));
                start(() -> carry(far, near));
            }
        } catch (IOException closed) {
            mend();
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] some = new byte[64 << 10];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                awaitWhole();
                out.write(some, 0, read);
                out.flush();
            }
        } catch (IOException ended) {
            // as its other end is told by the closing
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            mend();
            synchronized (this) {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
