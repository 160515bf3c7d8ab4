package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.schema.DocumentSchema;
import dev.catchment.schema.YamlDocument;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A file of sources, YAML or CSV in UTF-8, looked at as a whole: there are sources to write, or there are problems.
 *
 * @param entries as the file says them
 * @param rows of {@code policy.sources}, one an entry
 */
public record SourceFile(List<Entry> entries, ArrayNode rows, List<SourceProblem> problems) {

    /**
     * A source as the file says it.
     *
     * @param number from 1 on
     * @param line on which it begins
     */
    record Entry(int number, int line, ObjectNode fields) {}

    /** @throws IllegalArgumentException if there is nothing in the file that could be looked at one by one */
    public static SourceFile read(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".csv")) {
                return of(CsvEntries.of(text(file)));
            }
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return of(entries(YamlDocument.of(text(file))));
            }
            throw new IllegalArgumentException("its name must end with .yaml, .yml or .csv");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The file of sources cannot be read, and nothing was imported: %s. file=%s"
                            .formatted(e.getMessage(), file),
                    e);
        }
    }

    private static String text(Path file) {
        try {
            return Utf8.withoutMark(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("it does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<Entry> entries(YamlDocument document) {
        if (!document.root().isArray()) {
            throw new IllegalArgumentException("it must be a list: each source begins with '- name: ...'");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode item : document.root()) {
            if (!(item instanceof ObjectNode fields)) {
                throw new IllegalArgumentException(
                        "line %d: a source is a map of fields".formatted(document.line(item)));
            }
            entries.add(new Entry(entries.size() + 1, document.line(fields), fields));
        }
        return entries;
    }

    private static SourceFile of(List<Entry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("it holds no source");
        }
        List<ObjectNode> sources = entries.stream()
                .map(entry -> SourceSchema.plain(entry.fields()))
                .toList();
        SourceFile file = new SourceFile(entries, JsonNodeFactory.instance.arrayNode(), new ArrayList<>());
        Set<Integer> wrong = new HashSet<>();
        for (DocumentSchema.Problem problem : SourceSchema.problems(sources)) {
            int entry = (Integer) problem.path().get(0);
            wrong.add(entry);
            file.problems.add(SourceProblem.of(entries.get(entry), problem));
        }
        Map<String, Entry> names = new HashMap<>();
        Map<List<Object>, Entry> pages = new HashMap<>();
        for (Entry entry : entries) {
            if (wrong.contains(entry.number() - 1)) {
                continue;
            }
            ObjectNode row = SourceSchema.row(entry.number(), sources.get(entry.number() - 1));
            file.rows.add(row);
            file.twice(entry, names.putIfAbsent(row.get("name").textValue(), entry), row, "name");
            file.twice(
                    entry,
                    pages.putIfAbsent(List.of(row.get("url"), row.get("country"), row.get("visa_type")), entry),
                    row,
                    "url");
        }
        file.problems.sort(Comparator.comparingInt(SourceProblem::entry));
        return file;
    }

    private void twice(Entry entry, Entry before, ObjectNode row, String field) {
        if (before != null) {
            String allowed = field.equals("name") ? "a name of its own" : "one source a page, country and visa type";
            problems.add(SourceProblem.of(
                    entry,
                    field,
                    row.get(field).textValue(),
                    "%s; entry %d (line %d) has the same".formatted(allowed, before.number(), before.line())));
        }
    }

    /** The parameter of {@code policy/upsert-sources}. */
    public byte[] json() {
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A problem that only the database knew of. @param entry its number */
    public SourceProblem held(int entry, String as) {
        Entry written = entries.get(entry - 1);
        String url = rows.get(entry - 1).get("url").textValue();
        String allowed = "a page that is not held already for the same country and visa type; it is held as '" + as
                + "', and a source is known by its name";
        return SourceProblem.of(written, "url", url, allowed);
    }
}
