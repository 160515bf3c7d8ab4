package dev.catchment.cli;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.postgres.embedded.EmbeddedServerException;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.settings.Setting;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks what Catchment stands on, and says what to do.",
            "Exits with 1 if a check fails; warnings do not change the exit code.",
            "Looks at Java, settings, disk, ports, the database (version, clock, connections,",
            "rights, schema, partitions, jit, the role for reads, which servers take writes),",
            "and the network."
        },
        footer = {"", "Examples:", "  catchment doctor", "  catchment doctor --offline --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final long LEAST_ROOM = 200L << 20;
    private static final long GOOD_ROOM = 2L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SLIGHT = Duration.ofSeconds(2);
    private static final Duration WRONG = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Option(names = "--offline", description = "Do not try the network.")
    private boolean offline;

    @Option(names = "--json", description = "Print one JSON object per check.")
    private boolean json;

    private final List<Map<String, Object>> findings = new ArrayList<>();

    @Override
    public Integer call() {
        Session session;
        add("java", "ok", "Java %s".formatted(System.getProperty("java.version")), "");
        try {
            session = Session.open(spec, false);
        } catch (Settings.WrongSetting e) {
            add("settings", "fail", e.getMessage(), "Correct it in application.properties or the environment.");
            for (String check : List.of("disk", "port", "database", "clock", "network")) {
                add(check, "skip", "It is checked once the settings can be read.", "");
            }
            return end();
        }
        settings(session);
        disk(session.dataDirectory());
        ports(session.settings());
        database(session);
        NamedServers.of(session).ifPresent(this::servers);
        if (offline) {
            add("network", "skip", "Left out by --offline.", "");
        } else {
            network(session.settings());
        }
        return end();
    }

    private void add(String check, String state, String finding, String advice) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("check", check);
        row.put("state", state);
        row.put("finding", finding);
        row.put("advice", advice);
        findings.add(row);
    }

    private int end() {
        if (json) {
            Table.print(spec.commandLine().getOut(), findings, true, "");
        } else {
            findings.forEach(row -> {
                spec.commandLine()
                        .getOut()
                        .printf("%-4s  %-12s %s%n", row.get("state"), row.get("check"), row.get("finding"));
                if (!"".equals(row.get("advice"))) {
                    spec.commandLine().getOut().printf("%19s%s%n", "", row.get("advice"));
                }
            });
        }
        spec.commandLine().getOut().flush();
        return findings.stream().anyMatch(row -> "fail".equals(row.get("state"))) ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void settings(Session session) {
        Map<String, String> unknown = Settings.unknown(session.environment());
        unknown.forEach((variable, nearest) -> add(
                "settings", "warn", "There is no setting %s.".formatted(variable), "Perhaps %s?".formatted(nearest)));
        if (unknown.isEmpty()) {
            add("settings", "ok", "All values are allowed.", "");
        }
    }

    private void disk(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String finding = "%,d MB are free in %s.".formatted(free >> 20, folder);
            if (!Files.isWritable(there)) {
                add("disk", "fail", "%s cannot be written.".formatted(there), "Give it to this user, or set data.dir.");
            } else if (free < LEAST_ROOM) {
                add(
                        "disk",
                        "fail",
                        finding,
                        "Make at least %d MB of room: nothing is begun with less.".formatted(LEAST_ROOM >> 20));
            } else {
                boolean isGood = free >= GOOD_ROOM;
                add(
                        "disk",
                        isGood ? "ok" : "warn",
                        finding,
                        isGood ? "" : "That may be little; see docs/operations.md.");
            }
        } catch (IOException e) {
            add("disk", "fail", "%s cannot be read: %s".formatted(folder, e.getMessage()), "Check data.dir.");
        }
    }

    private void ports(Settings settings) {
        for (Setting port : Settings.declared()) {
            if (port.rule().kind().equals("port") && settings.isOpen(port)) {
                String host = Service.hostOf(settings, port.key());
                boolean isFree = ServerPort.isFree(host, settings.integer(port.key()));
                add(
                        "port",
                        isFree ? "ok" : "warn",
                        "%s=%s is %s on %s."
                                .formatted(
                                        port.key(),
                                        settings.get(port.key()),
                                        isFree ? "free" : "taken or not allowed",
                                        host),
                        isFree
                                ? ""
                                : "Fine if that is Catchment already running; else set it to another, or web.host to an address of this machine.");
            }
        }
    }

    private void database(Session session) {
        try (Database database = session.database()) {
            Instant before = Instant.now();
            Map<String, Object> server =
                    database.rows("ops/describe-server", Map.of()).get(0);
            Duration taken = Duration.between(before, Instant.now());
            add(
                    "database",
                    "ok",
                    "PostgreSQL %s, %s, as %s.".formatted(server.get("version"), database.url(), server.get("role")),
                    "");
            clock(Duration.between(before.plus(taken.dividedBy(2)), ((Date) server.get("now")).toInstant())
                    .abs());
            connections(server, session.settings());
            if (Boolean.FALSE.equals(server.get("may_write"))) {
                add(
                        "rights",
                        "fail",
                        "The role %s may not write into the tables of Catchment.".formatted(server.get("role")),
                        "Connect as the role that owns them, or see docs/own-postgresql.md.");
                return;
            }
            int pending = new Schema(database.dataSource()).pending().size();
            schema(server, pending);
            if (pending == 0) {
                partitions(database.rows("ops/list-late-partitions", Map.of()));
                if (!session.settings().get("harvest.changes.keep").isBlank()) {
                    topics(database.rows(
                            "harvest/list-left-topics",
                            Map.of("topic", session.settings().get("changes.kafka.topic"))));
                }
            }
        } catch (Database.Unusable | EmbeddedServerException | IllegalArgumentException e) {
            add("database", "fail", e.getMessage(), "");
            add("clock", "skip", "It is compared with that of the database once there is one.", "");
        }
    }

    /** Where a replica may have been promoted, and the one that was the primary lives on. */
    private void servers(NamedServers servers) {
        String away = String.join(", ", servers.away());
        if (servers.primaries().size() > 1) {
            add(
                    "servers",
                    "fail",
                    "More than one takes writes: %s.".formatted(String.join(", ", servers.primaries())),
                    "Stop all nodes, and all of these servers but the one to be kept; docs/own-postgresql.md, Fail-over.");
        } else if (!away.isEmpty()) {
            add(
                    "servers",
                    "warn",
                    "Not all can be asked: %s.".formatted(away),
                    "A server that is away is no harm, unless it takes writes from others.");
        } else if (servers.primaries().isEmpty()) {
            add("servers", "fail", "None takes writes.", "Promote one of them; docs/own-postgresql.md, Fail-over.");
        } else {
            add("servers", "ok", "One takes writes.", "");
        }
    }

    private void schema(Map<String, Object> server, int pending) {
        boolean mayCreate = Boolean.TRUE.equals(server.get("may_create"));
        add(
                "rights",
                pending == 0 || mayCreate ? "ok" : "fail",
                "The role %s %s create schemas.".formatted(server.get("role"), mayCreate ? "may" : "may not"),
                pending == 0 || mayCreate ? "" : "See docs/own-postgresql.md for what to grant.");
        add(
                "schema",
                pending == 0 ? "ok" : "warn",
                pending == 0 ? "It is up." : "%d steps are not applied yet.".formatted(pending),
                pending == 0 ? "" : "'catchment schema up' applies them, and so does 'run'.");
        boolean isJitOff = "off".equals(server.get("jit"));
        add(
                "jit",
                isJitOff ? "ok" : "warn",
                "jit is %s.".formatted(server.get("jit")),
                isJitOff
                        ? ""
                        : "'catchment schema up' switches it off for this role; batches take up to twice as long with it.");
        readers(server, pending);
    }

    private void partitions(List<Map<String, Object>> late) {
        add(
                "partitions",
                late.isEmpty() ? "ok" : "warn",
                late.isEmpty()
                        ? "Those that come next were made ahead."
                        : "None was made ahead of %s."
                                .formatted(late.stream()
                                        .map(row -> String.valueOf(row.get("name")))
                                        .collect(Collectors.joining(", "))),
                late.isEmpty() ? "" : "Nothing is lost: 'catchment run' makes them at night.");
    }

    private void topics(List<Map<String, Object>> left) {
        add(
                "topics",
                left.isEmpty() ? "ok" : "warn",
                left.isEmpty()
                        ? "No topic holds back changes that are to be deleted."
                        : "Changes are kept for topics that changes.kafka.topic does not name: %s."
                                .formatted(left.stream()
                                        .map(row -> row.get("name") + " has them up to " + row.get("after"))
                                        .collect(Collectors.joining(", "))),
                left.isEmpty()
                        ? ""
                        : "Name it again in changes.kafka.topic; or, if nothing reads it any more, delete its row from harvest.topics.");
    }

    private void connections(Map<String, Object> server, Settings settings) {
        long wanted = (long) settings.integer("postgres.max-connections") + settings.integer("web.read-connections");
        long left = number(server, "max_connections") - number(server, "reserved") - number(server, "connections");
        add(
                "connections",
                left >= wanted ? "ok" : "warn",
                "%d of %d are left, and this process may want %d."
                        .formatted(left, number(server, "max_connections"), wanted),
                left >= wanted ? "" : "Raise max_connections of the server, or lower postgres.max-connections.");
    }

    private void readers(Map<String, Object> server, int pending) {
        if ("ours".equals(server.get("readers"))) {
            add("api_readonly", "ok", "Reads go as the role api_readonly.", "");
            return;
        }
        boolean isMadeSoon = pending > 0 && Boolean.TRUE.equals(server.get("may_create_roles"));
        add(
                "api_readonly",
                "warn",
                "none".equals(server.get("readers"))
                        ? "There is no role api_readonly."
                        : "%s is no member of the role api_readonly.".formatted(server.get("role")),
                isMadeSoon
                        ? "'catchment schema up' sees to it."
                        : "Reads go as %s then, read only; docs/own-postgresql.md says what to grant."
                                .formatted(server.get("role")));
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    private void clock(Duration apart) {
        String state = stateOfClocks(apart);
        add(
                "clock",
                state,
                "This clock and that of the database are %d ms apart.".formatted(apart.toMillis()),
                state.equals("ok") ? "" : "Let both machines follow NTP: leases and schedules go by these clocks.");
    }

    static String stateOfClocks(Duration apart) {
        return apart.compareTo(WRONG) > 0 ? "fail" : apart.compareTo(SLIGHT) > 0 ? "warn" : "ok";
    }

    private void network(Settings settings) {
        int before = findings.size();
        for (String key : List.of("catalog.us.url", "catalog.eu.url", "ops.alerts.webhook")) {
            if (!settings.get(key).isBlank()) {
                URI url = URI.create(settings.get(key));
                int usual = "https".equals(url.getScheme()) ? 443 : 80;
                reach(key, url.getHost(), url.getPort() < 0 ? usual : url.getPort());
            }
        }
        if (!settings.get("policy.mail.host").isBlank()) {
            reach("policy.mail.host", settings.get("policy.mail.host"), settings.integer("policy.mail.port"));
        }
        if (findings.size() == before) {
            add("network", "ok", "No setting names a server to be reached.", "");
        }
    }

    private void reach(String key, String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            add("network", "ok", "%s:%d accepts connections (%s).".formatted(host, port, key), "");
        } catch (IOException e) {
            boolean isUnknown = e instanceof java.net.UnknownHostException;
            add(
                    "network",
                    "fail",
                    "%s:%d cannot be reached (%s): %s"
                            .formatted(host, port, key, isUnknown ? "unknown host" : e.getMessage()),
                    "Check the network and %s; --offline leaves this out.".formatted(key));
        }
    }
}
