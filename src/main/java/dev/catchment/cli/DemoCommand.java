package dev.catchment.cli;

import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.FlowRun;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.transport.BrokerProcess;
import dev.catchment.flow.walk.WalkOrder;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catchment demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows Catchment at work, without any network.",
            "Starts a stand-in for the Discovery API, crawls it, and shows what the database",
            "then holds. Uses an embedded database of its own, in demo under the data folder.",
            "An interrupted demo is resumed."
        },
        footer = {
            "",
            "Examples:",
            "  catchment demo",
            "  catchment demo --faults                 429, 500, HTML, hangs: nothing is lost",
            "  catchment demo --kind ckan              a portal of CKAN",
            "  catchment demo --data assets.jsonl.gz   your own records, one per line",
            "  catchment demo --kafka                  its pages travel through a broker"
        })
final class DemoCommand extends DatasetFlowCommand {
    private static final String HOLDS =
            "The database now holds %,d datasets of %,d domains, %,d hosts and %,d agencies; %,d datasets are retired.";
    private static final String TRAVELLED =
            "%,d pages have travelled through the Kafka broker at %s, which ends with the demo.";
    private static final String NO_BROKER =
            "--kafka needs the jars of a broker, and there are none in %s. In a clone, ./mvnw -q -f ops/kafka/pom.xml package"
                    + " gets them; beside an unpacked archive, copy the folder libs of Apache Kafka 4.1 there.";
    private static final List<String> QUERIES = List.of(
            "select domain, country, datasets, agencies, updated_at from catalog.portals order by datasets desc limit 10",
            "select agency, count(*) from catalog.current_datasets where agency is not null group by 1 order by 2 desc limit 10",
            "select key, reason, message from ops.rejects order by id desc limit 10");

    @Option(
            names = "--kind",
            paramLabel = "K",
            description = {"Show a source of this kind instead, such as ckan;", "in demo-K under the data folder."})
    private String kind;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Records to serve, one JSON object per line, plain or gzip.")
    private Path data;

    @Option(names = "--faults", description = "Make the stand-in fail in ten ways.")
    private boolean faults;

    @Option(
            names = "--kafka",
            description = {
                "Start a Kafka broker beside it, and send the pages",
                "through it. Needs its jars: see docs/kafka.md."
            })
    private boolean kafka;

    @Option(names = "--fresh", description = "Start over, even if the last demo is unfinished.")
    private boolean fresh;

    @Override
    public Integer call() throws IOException {
        if (data != null && !Files.isReadable(data)) {
            throw new IllegalArgumentException("--data: cannot read the file " + data + ".");
        }
        if (kind != null && kafka) {
            throw new IllegalArgumentException("--kafka shows the crawl of the catalogue; leave out --kind.");
        }
        if (kind != null) {
            return new KindDemo(kind, data, faults, fresh, json())
                    .run(open(), spec().commandLine().getOut());
        }
        Session operator = open();
        try (OneDemo demo = OneDemo.in(operator.dataDirectory().resolve("demo"));
                BrokerProcess broker = kafka ? broker(operator) : null) {
            return crawl(session(demo, operator, broker), broker);
        }
    }

    private Integer crawl(Session session, BrokerProcess broker) throws IOException {
        PrintWriter out = spec().commandLine().getOut();
        try (Database database = emptied(session);
                Service service = session.service(database, Routes.of("catalog", "http"))) {
            WalkOrder whole = new WalkOrder("catalog", "crawl", "us", "demo", null, fresh, null, null, 0, false);
            int code = new FlowRun(service, "catalog-crawl", out, json()).run(List.of(whole));
            if (code != ExitCode.INTERRUPTED) {
                afterwards(database);
            }
            if (!json()) {
                show(out, database, session);
                if (broker != null) {
                    out.println(TRAVELLED.formatted(
                            broker.records(session.settings().get("kafka.pages.topic") + ".catalog"),
                            broker.brokers()));
                    out.flush();
                }
            }
            return code;
        }
    }

    private static BrokerProcess broker(Session operator) throws IOException {
        Path jars = BrokerProcess.jars(operator.home());
        if (!BrokerProcess.isPrepared(jars)) {
            throw new IllegalArgumentException(NO_BROKER.formatted(jars));
        }
        return BrokerProcess.start(jars, Files.createTempDirectory("catchment-kafka"));
    }

    /** The operator's settings, but for where the records come from, where they go, and how fast. */
    private Session session(OneDemo demo, Session operator, BrokerProcess broker) throws IOException {
        int port = ServerPort.free();
        Map<String, String> changes = new HashMap<>();
        changes.put("catalog.us.url", "http://127.0.0.1:" + port + "/api/catalog/v1");
        changes.put("catalog.stand-in.enabled", "true");
        changes.put("catalog.stand-in.port", String.valueOf(port));
        changes.put("catalog.stand-in.faults", faults ? "on" : "off");
        changes.put("catalog.stand-in.data", Objects.toString(data == null ? null : data.toAbsolutePath(), ""));
        changes.put("http.requests-per-second", "1000");
        if (broker != null) {
            changes.put("flow.transport", "kafka");
            changes.put("kafka.brokers", broker.brokers());
        }
        if (data == null) {
            changes.put("catalog.page-size", "30"); // the built-in catalogue is small: enough pages to see it work
        }
        if (faults) {
            changes.putAll(Map.of("http.timeout", "2s", "http.retry-delay", "200ms"));
        }
        return demo.session(operator, changes);
    }

    /** The demo's own database; emptied if the last demo served other records, which this one would find missing. */
    private Database emptied(Session session) throws IOException {
        Database database = session.currentDatabase();
        Path served = session.dataDirectory().resolve("served");
        String serves = session.settings().get("catalog.stand-in.data");
        if (Files.exists(served) && !Files.readString(served).equals(serves)) {
            Schema schema = new Schema(database.dataSource());
            schema.undoable(0).forEach(schema::down);
            schema.up();
        }
        Files.writeString(served, serves);
        return database;
    }

    private static void show(PrintWriter out, Database database, Session session) {
        Map<String, Object> held =
                database.rows("catalog/count-catalog", Map.of()).get(0);
        String psql = "DATA_DIR=%s ./catchment url".formatted(session.dataDirectory());
        out.println();
        out.println(HOLDS.formatted(List.of("datasets", "domains", "hosts", "agencies", "retired").stream()
                .map(held::get)
                .toArray()));
        out.println("Three queries to try:");
        for (String query : QUERIES) {
            out.println("  psql \"$(" + psql + ")\" -c \"" + query + "\"");
        }
        out.flush();
    }
}
