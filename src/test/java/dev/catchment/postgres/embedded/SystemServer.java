package dev.catchment.postgres.embedded;

import dev.catchment.postgres.ClientPrograms;
import dev.catchment.postgres.Sql;
import dev.catchment.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL of this system, as old as its pg_dump, on a port of its own with a password, with the settings that its
 * distribution gives it: what the server of a user does that the embedded one does not.
 */
public final class SystemServer implements AutoCloseable {
    private static final String PASSWORD = "only-for-tests";
    private static final String DATA = "data";

    private final Path programs;
    private final Path data;
    private final int port;

    private SystemServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Empty if this system has no pg_dump, or no server of its version. */
    public static Optional<SystemServer> start() throws IOException {
        return start(Files.createTempDirectory("system-postgres"));
    }

    /** The same with its data below a folder. */
    public static Optional<SystemServer> start(Path folder) throws IOException {
        Optional<Path> programs = programs();
        return programs.isEmpty() ? Optional.empty() : Optional.of(begin(programs.get(), folder));
    }

    /** Stops the server of a folder, if it is up, and deletes it: what a process left that was killed. */
    public static void left(Path folder) throws IOException {
        SystemServer server = new SystemServer(programs().orElseThrow(), folder.resolve(DATA), 0);
        if (server.isRunning()) {
            server.stop("immediate");
        }
        ServerDirectory.delete(folder);
    }

    private static Optional<Path> programs() throws IOException {
        ClientPrograms clients = new ClientPrograms(null);
        Optional<Path> dump = clients.find("pg_dump");
        if (dump.isEmpty() || clients.find("pg_restore").isEmpty()) {
            return Optional.empty();
        }
        int major = clients.major(dump.get());
        return Stream.of(dump.get().toRealPath().getParent(), Path.of("/usr/lib/postgresql/" + major + "/bin"))
                .filter(place -> Files.isExecutable(place.resolve("initdb")))
                .findFirst();
    }

    private static SystemServer begin(Path programs, Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        SystemServer server = new SystemServer(programs, folder.resolve(DATA), ServerPort.free());
        server.make(password);
        server.startAgain();
        return server;
    }

    /** Starts it where it was. */
    public void startAgain() throws IOException {
        run("pg_ctl", "start", "--wait", "--pgdata=" + data, "--log=" + data.resolveSibling("log"), options());
    }

    /** @param mode smart, which waits three seconds for who is connected, fast or immediate @return whether it has stopped */
    public boolean stop(String mode) throws IOException {
        List<String> arguments = List.of("stop", "--wait", "--timeout=3", "--mode=" + mode, "--pgdata=" + data);
        return new PostgresProgram(programs.resolve("pg_ctl")).run(arguments).isGood();
    }

    public boolean isRunning() throws IOException {
        return new PostgresProgram(programs.resolve("pg_ctl"))
                .run(List.of("status", "--pgdata=" + data))
                .isGood();
    }

    /** A replica of it, which follows from now on. */
    public SystemServer replica() throws IOException {
        SystemServer replica = new SystemServer(
                programs, Files.createTempDirectory("system-postgres").resolve(DATA), ServerPort.free());
        run(
                "pg_basebackup",
                "--pgdata=" + replica.data,
                "--dbname=" + url().connectionUrl(),
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync");
        replica.startAgain();
        return replica;
    }

    /** Makes a replica the primary. */
    public void promote() throws IOException {
        run("pg_ctl", "promote", "--wait", "--pgdata=" + data);
    }

    /** Where it listens: {@code host:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    private void make(Path password) throws IOException {
        run(
                "initdb",
                "--pgdata=" + data,
                "--username=tester",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--pwfile=" + password);
    }

    private String options() {
        return "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -F";
    }

    private void run(String program, String... arguments) throws IOException {
        PostgresProgram.Result result = new PostgresProgram(programs.resolve(program)).run(List.of(arguments));
        if (!result.isGood()) {
            throw new IllegalStateException(program + ": " + result.lastWords());
        }
    }

    /** The address of its maintenance database. */
    public DatabaseUrl url() {
        return DatabaseUrl.parse("postgresql://tester:%s@127.0.0.1:%d/postgres".formatted(PASSWORD, port));
    }

    /** Makes an empty database. @return what DATABASE_URL would say */
    public String database(String name) {
        Sql.execute(url(), "create database " + name);
        return url().withDatabase(name).connectionUrl();
    }

    public String password() {
        return PASSWORD;
    }

    /** As {@link #close}, for the end of the virtual machine. */
    public void stop() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data);
        }
        ServerDirectory.delete(data.getParent());
    }
}
