package dev.catchment.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The socket of a {@link PageServer}: reads requests and lets them be answered, a thread for each connection. */
final class PageListener implements AutoCloseable {
    private final ServerSocket socket = open();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Answerer answerer;

    /** Writes an answer. */
    interface Answerer {
        /** @return whether the connection goes on */
        boolean answer(SeenRequest request, OutputStream out) throws IOException;
    }

    PageListener(Answerer answerer) {
        this.answerer = answerer;
        daemon(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                daemon(() -> converse(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            SeenRequest request = SeenRequest.read(in);
            while (request != null && answerer.answer(request, client.getOutputStream())) {
                request = SeenRequest.read(in);
            }
        } catch (IOException gone) {
            clients.remove(client); // it is the client's right to go
        }
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 200, InetAddress.getByName("0.0.0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "page-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
