package dev.catchment.support;

import static dev.catchment.support.TestDatabase.texts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Records of index files, and what is held of them. */
public final class IndexFiles {
    private IndexFiles() {}

    /** A source in our own shape, on one line. */
    public static String source(String domain, String name) {
        return "{\"type\":\"source\",\"source_key\":\"%s\",\"name\":\"%s\"}".formatted(domain, name);
    }

    /** An asset in our own shape, on one line. */
    public static String asset(String key, String domain) {
        return asset(key, domain, "Asset " + key, "\"2026-01-02T03:04:05Z\"");
    }

    /** @param updated JSON */
    public static String asset(String key, String domain, String name, String updated) {
        return "{\"type\":\"asset\",\"asset_key\":\"%s\",\"source_key\":\"%s\",\"name\":\"%s\",\"updated_at\":%s}"
                .formatted(key, domain, name, updated);
    }

    /** Assets numbered from 1 on, spread over three portals. */
    public static List<String> assets(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> asset(Assets.id(number), "data%d.example.gov".formatted(number % 3)))
                .toList();
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What is held, without numbers and times of our own. */
    public static List<String> held() {
        return texts("""
                select concat_ws('|', 'source', source_key, coalesce(name, '-'), url, raw) from registry.sources
                union all
                select concat_ws('|', 'asset', asset_key, source_key, a.name, a.description, a.url,
                  a.updated_at at time zone 'UTC', a.raw)
                from registry.assets a join registry.sources s on s.id = a.source_id
                order by 1""");
    }

    /** Every row of the registry with its place and the transaction that wrote it: a row that is rewritten shows. */
    public static List<String> versions() {
        return texts("""
                select concat_ws('|', tableoid::regclass, ctid, xmin, id) from registry.sources
                union all
                select concat_ws('|', tableoid::regclass, ctid, xmin, id) from registry.assets
                union all
                select concat_ws('|', tableoid::regclass, ctid, xmin, id) from registry.orphans
                order by 1""");
    }
}
