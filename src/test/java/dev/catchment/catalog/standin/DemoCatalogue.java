package dev.catchment.catalog.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Makes the built-in catalogue of the stand-in from {@code catalog/demo-source.json}: invented portals and topics,
 * always the same for the same source. Three records are bad on purpose, so that a crawl shows its rejects. To write
 * the file anew, run {@link #main} with its path.
 */
final class DemoCatalogue {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";

    private final Random random = new Random(20_260_101);
    private final Set<String> ids = new HashSet<>();
    private final JsonNode source;

    private DemoCatalogue(JsonNode source) {
        this.source = source;
    }

    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), String.join("\n", lines()) + "\n");
    }

    /** The records, one line of JSON each, in no order of note. */
    static List<String> lines() throws IOException {
        JsonNode source = JSON.readTree(DemoCatalogue.class.getResourceAsStream("/catalog/demo-source.json"));
        return new DemoCatalogue(source)
                .records().stream().map(JsonNode::toString).toList();
    }

    private List<ObjectNode> records() {
        List<ObjectNode> records = new ArrayList<>();
        for (JsonNode portal : source.get("portals")) {
            String team = id();
            List<JsonNode> topics = topics(portal);
            for (int i = 0; i < portal.get("assets").asInt(); i++) {
                JsonNode topic = topics.get(i % topics.size());
                int round = i / topics.size();
                records.add(new DemoAsset(random, portal, topic).record(id(), team, round));
            }
        }
        spoil(records);
        Collections.shuffle(records, random);
        return records;
    }

    private List<JsonNode> topics(JsonNode portal) {
        List<JsonNode> topics =
                new ArrayList<>(StreamSupport.stream(source.get("topics").spliterator(), false)
                        .filter(topic -> topic.get("language").equals(portal.get("language")))
                        .toList());
        Collections.shuffle(topics, random);
        return topics;
    }

    /** No name, an id with letters no id has (yet fit to scroll from, should it end a page), no date. */
    private static void spoil(List<ObjectNode> records) {
        resource(records.get(30)).putNull("name");
        resource(records.get(150)).put("id", "n0t1-good");
        resource(records.get(270)).put("updatedAt", "2025-02-31T25:00:00.000Z");
    }

    private static ObjectNode resource(ObjectNode record) {
        return (ObjectNode) record.get("resource");
    }

    /** Two groups of four of the alphabet of real ids, which leaves out 0, 1, l and o. */
    private String id() {
        String id;
        do {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                letters.append(i == 4 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            id = letters.toString();
        } while (!ids.add(id));
        return id;
    }
}
