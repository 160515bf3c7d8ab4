package dev.catchment.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Pages of portals made from recorded ones; where there are none, from nothing but a number to begin with. */
final class ManyRecords {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build(); // as portals write it
    private static final String WORDS =
            "air água quality census street lights orçamento municipal monthly survey school route permits energy solo";

    private ManyRecords() {}

    /** @param recorded what the recordings of portals are in, or no folder */
    static List<JsonNode> packages(Path recorded) throws IOException {
        Path answer = recorded.resolve("ckan/catalog_read_packages_by_group_id-1.json.gz");
        List<JsonNode> packages = new ArrayList<>();
        if (Files.exists(answer)) {
            read(answer).at("/result/results").forEach(packages::add);
            return packages;
        }
        Random random = new Random(1);
        for (int i = 0; i < 800; i++) {
            packages.add(madeUp(random));
        }
        return packages;
    }

    private static JsonNode madeUp(Random random) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("title", text(random, 8)).put("notes", text(random, 150)).put("private", false);
        made.put("metadata_created", "2021-09-23T11:30:14.999120")
                .put("metadata_modified", "2023-01-30T11:15:06.596410");
        made.put("license_title", "Creative Commons")
                .put("license_id", "cc-by")
                .put("url", "https://data.example.org/x");
        made.putObject("organization").put("title", text(random, 4)).put("description", text(random, 60));
        ArrayNode tags = made.putArray("tags");
        ArrayNode extras = made.putArray("extras");
        ArrayNode resources = made.putArray("resources");
        for (int i = 0; i < 7; i++) {
            String word = text(random, 1);
            tags.addObject()
                    .put("id", uuid(random.nextLong()))
                    .put("name", word)
                    .put("display_name", word);
            extras.addObject().put("key", "field " + i).put("value", text(random, 5));
        }
        for (int i = 0; i < 10; i++) {
            resources
                    .addObject()
                    .put("id", uuid(random.nextLong()))
                    .put("name", text(random, 5))
                    .put("format", "CSV");
            ObjectNode resource = (ObjectNode) resources.get(i);
            resource.put("url", "https://data.example.org/files/" + uuid(random.nextLong()) + ".csv");
            resource.put("description", text(random, 80))
                    .put("mimetype", "text/csv")
                    .put("size", random.nextInt(1 << 20));
            resource.put("state", "active")
                    .put("hash", "")
                    .put("created", "2021-09-23T11:31:08.100239")
                    .putNull("cache_url");
        }
        return made;
    }

    private static String text(Random random, int words) {
        String[] known = WORDS.split(" ");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(known[random.nextInt(known.length)]);
        }
        return text.toString();
    }

    private static String uuid(long number) {
        return UUID.nameUUIDFromBytes(Long.toString(number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** As many packages as asked for, each with an id of its own. @param version in their titles */
    static void writePages(List<JsonNode> packages, int count, int size, int version, Path directory)
            throws IOException {
        for (int from = 0; from < count; from += size) {
            writePage(packages, count, from, Math.min(count, from + size), version, directory);
        }
        writePage(packages, count, count, count, version, directory); // who asks on gets an empty one
    }

    private static void writePage(List<JsonNode> packages, int count, int from, int to, int version, Path directory)
            throws IOException {
        try (JsonGenerator out = generator(directory.resolve(page(version, from)))) {
            out.writeRaw("{\"success\":true,\"result\":{\"count\":" + count + ",\"results\":[");
            for (int i = from; i < to; i++) {
                out.writeRaw(i == from ? "" : ",");
                JSON.writeValue(out, numbered(packages.get(i % packages.size()), i, version));
            }
            out.writeRaw("]}}");
        }
    }

    static String page(int version, int from) {
        return "packages-" + version + "-" + from + ".json";
    }

    /** The same, one a line. */
    static void writeLines(List<JsonNode> packages, int count, Path file) throws IOException {
        try (JsonGenerator out = generator(file)) {
            for (int i = 0; i < count; i++) {
                JSON.writeValue(out, numbered(packages.get(i % packages.size()), i, 1));
                out.writeRaw("\n");
            }
        }
    }

    private static JsonNode numbered(JsonNode recorded, int number, int version) {
        ObjectNode made = ((ObjectNode) recorded).put("id", uuid(number)).put("name", "package-" + number);
        String title = made.path("title").asText().replaceFirst(" \\(\\d+\\)$", "");
        return made.put("title", title + " (" + version + ")");
    }

    private static JsonGenerator generator(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        return JSON.getFactory().createGenerator(out).configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, true);
    }

    /** One document of the datasets of all Hub portals of a date, each key once; and the same, one a line. Their number. */
    static int writeHub(Path recorded, Path document, Path lines) throws IOException {
        Set<String> keys = new HashSet<>();
        try (JsonGenerator out = generator(document);
                JsonGenerator line = generator(lines);
                Stream<Path> portals = Files.list(recorded.resolve("arcgis-hub/20211122"))) {
            out.writeRaw("{\"conformsTo\":\"https://project-open-data.cio.gov/v1.1/schema\",\"dataset\":[");
            for (Path portal : portals.sorted().toList()) {
                for (JsonNode dataset : read(portal).path("dataset")) {
                    if (keys.add(dataset.path("identifier").asText())) {
                        out.writeRaw(keys.size() == 1 ? "" : ",");
                        JSON.writeValue(out, dataset);
                        JSON.writeValue(line, dataset);
                        line.writeRaw("\n");
                    }
                }
            }
            out.writeRaw("]}");
        }
        return keys.size();
    }

    private static JsonNode read(Path packed) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            return JSON.readTree(in);
        }
    }
}
