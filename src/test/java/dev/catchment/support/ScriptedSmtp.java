package dev.catchment.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers as it is told: to refuse, to hang, to break off. */
public final class ScriptedSmtp implements AutoCloseable {
    /** In place of an answer: nothing is said any more. */
    public static final String HANG = "hang";
    /** In place of an answer: the connection is closed. */
    public static final String DROP = "drop";

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "GREETING",
            "220 scripted",
            "EHLO",
            "250 scripted",
            "MAIL",
            "250 OK",
            "RCPT",
            "250 OK",
            "DATA",
            "354 Go on",
            ".",
            "250 Taken",
            "RSET",
            "250 OK",
            "QUIT",
            "221 Bye"));
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ScriptedSmtp(ServerSocket socket) {
        this.socket = socket;
    }

    public static ScriptedSmtp start() {
        try {
            ScriptedSmtp server = new ScriptedSmtp(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
            Thread thread = new Thread(server::serve, "scripted-smtp");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param command its first word, GREETING, or a dot for the end of a mail */
    public ScriptedSmtp answer(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Every command so far, but not the mails. */
    public List<String> said() {
        return said;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client has gone, or this server is closed: the next one, if there is one.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
        boolean isOpen = reply("GREETING", out, in);
        boolean inMail = false;
        while (isOpen) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            if (inMail && !line.equals(".")) {
                continue;
            }
            said.add(line);
            String command = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
            // For one of several recipients there may be an answer of its own.
            isOpen = reply(answers.containsKey(line) ? line : command, out, in);
            inMail = command.equals("DATA") && answers.get("DATA").startsWith("354");
        }
    }

    /** @return whether the talk goes on */
    private boolean reply(String command, PrintWriter out, BufferedReader in) throws IOException {
        String answer = answers.getOrDefault(command, "500 What?");
        if (answer.equals(HANG)) {
            in.readLine(); // until the other side gives up
        }
        if (answer.equals(HANG) || answer.equals(DROP)) {
            return false;
        }
        out.print(answer + "\r\n");
        out.flush();
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
