package dev.catchment.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.text.ResourceFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A few dozen made-up datasets, in the form in which sources of a kind give them: one list, and a template for each kind. */
public final class DemoRecords {
    private static final String FOLDER = "harvest/demo/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoRecords() {}

    /** The kinds that have a template. */
    public static List<String> kinds() {
        return ResourceFolder.names(FOLDER).stream()
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.replace(".json", ""))
                .sorted()
                .toList();
    }

    /**
     * Each a line of JSON.
     *
     * @throws IllegalArgumentException if nobody wrote down how the kind would say it
     */
    public static List<String> of(String kind) {
        if (!kinds().contains(kind)) {
            throw new IllegalArgumentException(
                    "There are no made-up records of the kind %s, only of %s. Give some with --data FILE, one JSON object per line."
                            .formatted(kind, String.join(", ", kinds())));
        }
        try {
            String template = JSON.readTree(text(kind + ".json")).toString();
            List<String> lines = new ArrayList<>();
            for (String line : text("datasets.jsonl").lines().toList()) {
                lines.add(filled(template, JSON.readTree(line)));
            }
            return lines;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String filled(String template, JsonNode dataset) {
        String filled = template;
        for (Map.Entry<String, JsonNode> field : dataset.properties()) {
            String text = field.getValue().asText();
            // A template may ask for a number where it says nothing else.
            filled = field.getValue().isNumber() ? filled.replace("\"{#" + field.getKey() + "}\"", text) : filled;
            filled = filled.replace("{" + field.getKey() + "}", text);
        }
        return filled;
    }

    private static String text(String name) {
        try (InputStream file = DemoRecords.class.getResourceAsStream("/" + FOLDER + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
