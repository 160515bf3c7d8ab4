package dev.catchment.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A dataset in the words of schema.org, as search engines read it in a page; nothing is made up. */
public final class StructuredData {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FIELDS = Map.of(
            "title", "name",
            "description", "description",
            "landing_page", "url",
            "license_uri", "license",
            "modified", "dateModified",
            "issued", "datePublished",
            "temporal", "temporalCoverage",
            "spatial", "spatialCoverage",
            "keywords", "keywords",
            "persistent_ids", "identifier");

    private StructuredData() {}

    /** As JSON-LD that can stand in a page: no text in it ends the element it stands in. @param dataset with its state */
    public static String of(Row dataset) {
        JsonNode state = dataset.json("state");
        ObjectNode told =
                JSON.createObjectNode().put("@context", "https://schema.org/").put("@type", "Dataset");
        FIELDS.forEach((ours, theirs) -> {
            if (!state.path(ours).isEmpty() || !state.path(ours).asText("").isEmpty()) {
                told.set(theirs, state.get(ours));
            }
        });
        if (state.hasNonNull("publisher")) {
            told.putObject("publisher")
                    .put("@type", "Organization")
                    .put("name", state.get("publisher").asText());
        }
        ArrayNode forms = JSON.createArrayNode();
        for (JsonNode form : state.path("distributions")) {
            ObjectNode download = forms.addObject().put("@type", "DataDownload");
            put(
                    download,
                    "encodingFormat",
                    form.path("media_type").asText(form.path("format").asText(null)));
            put(
                    download,
                    "contentUrl",
                    form.path("download_url").asText(form.path("access_url").asText(null)));
        }
        if (!forms.isEmpty()) {
            told.set("distribution", forms);
        }
        return told.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static void put(ObjectNode object, String name, String value) {
        if (value != null) {
            object.put(name, value);
        }
    }
}
