package dev.catchment.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Measures on the database and on this JVM. */
record Probe(DataSource dataSource) {
    /** Something to be measured. */
    interface Work {
        void run() throws Exception;
    }

    Measure measure(Work work) throws Exception {
        System.gc();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long wal = wal();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        long written = wal() - wal;
        return new Measure(
                seconds,
                written,
                pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum());
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** Empties everything and settles the server, so that each round begins alike. */
    void empty() throws SQLException {
        execute("drop table if exists public.raw");
        execute("create table public.raw (doc jsonb)");
        execute(
                "truncate ops.runs, ops.requests, ops.rejects, catalog.socrata_hosts, catalog.socrata_domains, "
                        + "catalog.socrata_agencies, catalog.socrata_datasets, catalog.versions, catalog.dataset_sightings, registry.sources, registry.assets, registry.orphans, registry.files cascade");
        checkpoint();
    }

    void checkpoint() throws SQLException {
        execute("checkpoint");
    }

    /** The raw JSON, one document a row, by the fastest way PostgreSQL has. */
    void copy(Path plain) throws Exception {
        try (Connection connection = dataSource.getConnection();
                InputStream in = Files.newInputStream(plain)) {
            // CSV with a quote that never occurs: the JSON goes in as it stands.
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy public.raw from stdin (format csv, quote e'\\x01', delimiter e'\\x02')", in, 1 << 16);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    List<String> texts(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    long wal() throws SQLException {
        return number("select pg_current_wal_insert_lsn() - '0/0'");
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    static List<byte[]> records(Path data) throws IOException {
        InputStream in = Files.newInputStream(data);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                data.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }

    static void writeCopyFile(List<byte[]> records, Path plain) throws IOException {
        try (OutputStream out = Files.newOutputStream(plain)) {
            for (byte[] each : records) {
                out.write(each);
                out.write('\n');
            }
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
