package dev.catchment.postgres.embedded;

import java.util.List;

/** How the embedded server is set up: what differs from PostgreSQL's defaults, or must never differ from them. */
final class ServerSettings {

    /** For initdb. C.UTF-8 is built into PostgreSQL: the same order and letters on every system. */
    static final List<String> INIT = List.of(
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth=scram-sha-256");

    private static final List<String> SERVER = List.of(
            // What is committed stays, whatever anyone writes into postgresql.conf.
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            // For this machine alone, and by one way only; a socket in /tmp would be a second.
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            // Bulk loads come in bursts: room for a burst between two checkpoints saves full page images.
            "max_wal_size=2GB",
            "checkpoint_timeout=15min",
            // Moments mean the same on every machine.
            "timezone=UTC",
            "log_timezone=UTC",
            // The log is one file that is put aside at a start: only what went wrong belongs in it.
            "log_checkpoints=off",
            "logging_collector=off");

    private ServerSettings() {}

    /** The options of the server, for pg_ctl, which hands them to a shell: no value holds a blank or a quote. */
    static String options(int port) {
        StringBuilder options = new StringBuilder("-p ").append(port);
        SERVER.forEach(setting -> options.append(" -c ").append(setting));
        return options.toString();
    }
}
