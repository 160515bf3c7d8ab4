package dev.catchment.postgres.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that notice within a minute and a half that the other side is gone without a word, as after a loss of power: while a
 * statement is waited for nothing else would, for by default the system asks after two hours. The PostgreSQL driver makes it by its
 * name, and switches the asking on (tcpKeepAlive).
 */
public final class WatchedSockets extends SocketFactory {
    /** Seconds without a word, until it is asked; then from one question to the next. */
    private static final int IDLE = 30;

    private static final int INTERVAL = 10;
    /** So many questions without an answer. */
    private static final int COUNT = 6;

    @Override
    public Socket createSocket() throws IOException {
        return watched(new Socket());
    }

    private static Socket watched(Socket socket) throws IOException {
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, COUNT);
        return socket;
    }

    /** Not every system has them. */
    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return watched(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return watched(new Socket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return watched(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return watched(new Socket(host, port, from, fromPort));
    }
}
