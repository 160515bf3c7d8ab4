package dev.catchment.benchmark;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postgresql.PGConnection;

/** The figures of the names, measured. @param rows the file that COPY writes and reads */
record NamesProbe(Probe probe, Path rows) {
    private static final String COLUMNS = " (dataset_id, country_id, year, name, name_key, gender, count) ";

    /** The seed's patterns, each for a name and a year that are there. */
    private static final Map<String, String> PATTERNS = patterns();

    private static Map<String, String> patterns() {
        Map<String, String> patterns = new LinkedHashMap<>();
        patterns.put("country, year, gender", "$us and year = 2015 and gender = 'F' order by count desc limit 100");
        patterns.put("most popular of a year", "$us and year = 2015 order by count desc limit 100");
        patterns.put("prefix", "$us and name ilike 'Em%' order by count desc");
        patterns.put("trend", "name = 'Emma' and $us");
        patterns.put("gender of a name", "name = 'Jordan'");
        patterns.replaceAll(
                (name, where) -> "select year, gender, name, count from names.names where deleted_at is null and "
                        + where.replace("$us", "country_id = (select id from names.countries where code = 'US')"));
        return patterns;
    }

    Measure measure(Probe.Work work) throws Exception {
        probe.checkpoint();
        return probe.measure(work);
    }

    /** As after {@code schema up}, and a table with the indexes of names.names that is one. */
    void empty() throws SQLException {
        for (String table : probe.texts(
                "select tablename from pg_tables where schemaname = 'names' and tablename ~ '_[0-9a-f]{32}$'")) {
            probe.execute("drop table names." + table);
        }
        probe.execute(
                "truncate names.datasets, names.names, names.slices, names.jobs, names.stale_views, ops.runs cascade");
        probe.execute("refresh materialized view names.name_statistics");
        probe.execute("refresh materialized view names.gender_probabilities");
        probe.execute("drop table if exists public.copied");
        probe.execute("drop table if exists public.without_prefix");
        probe.execute("drop table if exists public.bare");
        probe.execute("create table public.copied (like names.names including all)");
        probe.execute("create table public.without_prefix (like names.names including all)");
        probe.execute(
                "drop index public."
                        + probe.text(
                                "select indexname from pg_indexes where tablename = 'without_prefix' and indexdef like '%gin%'"));
        probe.execute("create table public.bare (like names.names including defaults)");
    }

    void writeRows() throws Exception {
        try (Connection connection = probe.dataSource().getConnection();
                OutputStream out = Files.newOutputStream(rows)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select dataset_id, country_id, year, name, name_key, gender, count from names.names "
                                    + "where deleted_at is null order by id) to stdout",
                            out);
        }
    }

    void copy() throws Exception {
        copyInto("public.copied");
    }

    /** Without the index for the prefix search, which is the dearest of all. */
    void copyWithoutPrefix() throws Exception {
        copyInto("public.without_prefix");
    }

    void copyBare() throws Exception {
        copyInto("public.bare");
    }

    private void copyInto(String table) throws Exception {
        try (Connection connection = probe.dataSource().getConnection();
                InputStream in = Files.newInputStream(rows)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + COLUMNS + "from stdin", in, 1 << 16);
        }
    }

    long living() throws SQLException {
        return probe.number("select count(*) from names.names where deleted_at is null");
    }

    void restoreOldest() throws SQLException {
        probe.execute("select names.restore_dataset((select id from names.datasets order by uploaded_at limit 1))");
    }

    /** Which index each of the seed's patterns uses, and how long it takes. */
    void explain() throws SQLException {
        for (Map.Entry<String, String> pattern : PATTERNS.entrySet()) {
            System.out.println(pattern.getKey() + ": " + pattern.getValue());
            probe.texts("explain (analyze, buffers off) " + pattern.getValue()).stream()
                    .filter(line -> line.matches(".*(Scan|Sort|Execution).*"))
                    .forEach(line -> System.out.println("    " + line.strip()));
        }
    }
}
