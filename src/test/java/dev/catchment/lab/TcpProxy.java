package dev.catchment.lab;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A way to a server on this machine that can be cut, slowed down, or torn off. */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;
    private volatile long pauseMillis;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** To a port of 127.0.0.1. */
    static TcpProxy to(int port) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(), port);
            proxy.listener.bind(new InetSocketAddress("0.0.0.0", 0), 200);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Nothing passes any more, in neither direction, and neither side is told; what was sent meanwhile passes when it ends. */
    void cut(boolean now) {
        isCut = now;
    }

    /** Each piece of data is late. */
    void slow(long millis) {
        pauseMillis = millis;
    }

    /** Every connection ends with a reset, at both sides. */
    void reset() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException ended) {
                sockets.remove(socket);
            }
            close(socket);
        }
        sockets.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        awaitWhole();
        try {
            Socket server = new Socket("127.0.0.1", target);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            daemon(() -> pump(client, server));
            pump(server, client);
        } catch (IOException refused) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 15];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                LockSupport.parkNanos(pauseMillis * 1_000_000);
                awaitWhole();
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            sockets.remove(from);
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitWhole() {
        while (isCut && !listener.isClosed()) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "lab-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        close(listener);
        reset();
    }
}
