package dev.catchment.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the mapping of a kind that ships makes of records, in PostgreSQL. */
public final class Mappings {
    private static final String MAP = """
            select coalesce(harvest.state_of(m.mapped), jsonb_build_object('problem', m.problem))::text as mapped
            from (
              select array_agg(n::text order by n) as keys, array_agg(raw order by n) as raws
              from jsonb_array_elements(?::jsonb) with ordinality each (raw, n)
            ) records
            cross join lateral harvest.mapped(?, ?, records.keys, records.raws) m
            order by m.key::int""";

    private final String kind;
    private final long source;

    /** Of a source at https://portal.example.org, whose language is as given or null. */
    public Mappings(String kind, String language) {
        this.kind = kind;
        TestDatabase.empty();
        HarvestWalk.kind(kind, text(Path.of("kinds", kind + ".sql")), "{}");
        source = HarvestWalk.source("portal.example.org", kind);
        TestDatabase.rows("update harvest.sources set language = ? returning id", language);
    }

    /** In the order of the records, moments in UTC; a field that is NULL is not there; of one that cannot be mapped the problem. */
    public List<JsonNode> of(JsonNode records) {
        List<JsonNode> mapped = new ArrayList<>();
        for (Map<String, Object> row : TestDatabase.rows(MAP, records.toString(), kind, source)) {
            mapped.add(json((String) row.get("mapped")));
        }
        return mapped;
    }

    /** Of one record, in JSON that may use single quotes. */
    public JsonNode of(String record) {
        ArrayNode one = HarvestWalk.JSON.createArrayNode().add(json(record.replace('\'', '"')));
        return of(one).get(0);
    }

    private static JsonNode json(String text) {
        try {
            return HarvestWalk.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
