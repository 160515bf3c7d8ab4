package dev.catchment.cli;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.DemoRecords;
import dev.catchment.harvest.HarvestOrder;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.postgres.embedded.ServerPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code catchment demo --kind}: a stand-in for a source of a kind, its walk, and what the database then holds. */
record KindDemo(String kind, Path data, boolean faults, boolean fresh, boolean json) {
    private static final String SOURCE = "demo";
    private static final List<String> QUERIES = List.of(
            "select title, publisher, modified_at from harvest.current_datasets order by modified_at desc limit 10",
            "select publisher, count(*) from harvest.current_datasets group by 1 order by 2 desc limit 10",
            "select name, kind, health, datasets, last_total, is_last_walk_complete from harvest.source_status");

    int run(Session operator, PrintWriter out) throws IOException {
        if (data == null) {
            DemoRecords.of(kind);
        }
        try (OneDemo demo = OneDemo.in(operator.dataDirectory().resolve("demo-" + kind))) {
            return run(demo, operator, out);
        }
    }

    private int run(OneDemo demo, Session operator, PrintWriter out) throws IOException {
        Path served = demo.folder().resolve("served");
        String records = Objects.toString(data == null ? null : data.toAbsolutePath(), "");
        String[] last = Files.exists(served) ? Files.readString(served).split("\n", 2) : new String[] {"", ""};
        // The address of a source is part of what it is: the demo goes on with the one it had.
        boolean isSame = last[1].equals(records) && !last[0].isEmpty() && ServerPort.isFree(Integer.parseInt(last[0]));
        int port = isSame ? Integer.parseInt(last[0]) : ServerPort.free();
        Session session = session(demo, operator, port, records);
        AtomicInteger code = new AtomicInteger();
        try (Database database = session.currentDatabase()) {
            if (!isSame && !last[0].isEmpty()) {
                Schema schema = new Schema(database.dataSource());
                schema.undoable(0).forEach(schema::down);
                schema.up();
            }
            Files.writeString(served, port + "\n" + records);
            database.rows("harvest/insert-source", source(port));
            try (Service service = session.service(database, Routes.of("harvest"))) {
                service.askRows("harvest-walk", new HarvestOrder("demo", SOURCE, null, false, fresh, false, summary -> {
                    out.println(json ? Summary.json(summary) : Summary.text(summary));
                    code.set(ExitCode.of(summary.get("status")));
                }));
            }
            DatasetFlowCommand.makeFindable(database);
            if (!json) {
                show(out, database, session);
            }
        }
        return code.get();
    }

    /** The operator's settings, but for where the records come from, where they go, and how fast. */
    private Session session(OneDemo demo, Session operator, int port, String records) {
        Map<String, String> changes = new HashMap<>();
        changes.put("harvest.stand-in.enabled", "true");
        changes.put("harvest.stand-in.port", String.valueOf(port));
        changes.put("harvest.stand-in.kind", kind);
        changes.put("harvest.stand-in.data", records);
        changes.put("harvest.stand-in.faults", faults ? "on" : "off");
        changes.put("harvest.http.allow-private", "127.0.0.1");
        if (!operator.settings().get("kinds.dir").isBlank()) {
            changes.put("kinds.dir", operator.settings().path("kinds.dir").toString());
        }
        if (faults) {
            changes.putAll(Map.of("harvest.http.timeout", "2s", "http.retry-delay", "200ms"));
        }
        return demo.session(operator, changes);
    }

    private Map<String, Object> source(int port) {
        Map<String, Object> row = new HashMap<>();
        row.put("name", SOURCE);
        row.put("kind", kind);
        row.put("url", "http://127.0.0.1:%d/portal".formatted(port));
        row.put("host", "127.0.0.1");
        row.put("title", "A demonstration");
        row.put("country", null);
        row.put("language", "en");
        row.put("options", "{\"requests-per-second\":\"100\"}");
        row.put("secret", null);
        row.put("schedule", null);
        row.put("is_active", true);
        return row;
    }

    private static void show(PrintWriter out, Database database, Session session) {
        Map<String, Object> held =
                database.rows("harvest/count-datasets", Map.of()).get(0);
        String psql = "DATA_DIR=%s ./catchment url".formatted(session.dataDirectory());
        out.println();
        out.println(
                "The database now holds %,d datasets of %,d publishers with %,d distributions; %,d datasets are retired."
                        .formatted(
                                held.get("datasets"),
                                held.get("publishers"),
                                held.get("distributions"),
                                held.get("retired")));
        out.println("Three queries to try:");
        for (String query : QUERIES) {
            out.println("  psql \"$(" + psql + ")\" -c \"" + query + "\"");
        }
        out.flush();
    }
}
