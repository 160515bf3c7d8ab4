package dev.catchment.postgres.embedded;

import dev.catchment.postgres.Sql;
import java.nio.file.Path;

/**
 * A process that uses the embedded server of the directory named first: says {@code UP} with its URL, works until its
 * standard input ends or, on SIGINT or SIGTERM, until it has written three rows, and leaves.
 */
public final class ServerUser {

    private ServerUser() {}

    public static void main(String[] args) throws Exception {
        EmbeddedServer server = EmbeddedServer.open(Path.of(args[0]), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(server)));
        System.out.println("UP " + server.url().connectionUrl());
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    private static void leave(EmbeddedServer server) {
        for (int row = 1; row <= 3; row++) {
            Sql.execute(
                    server.url(),
                    "create table if not exists work (row int); insert into work values (" + row
                            + "); select pg_sleep(0.1)");
        }
        server.close();
        System.out.println("LEFT");
    }
}
