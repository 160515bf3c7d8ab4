package dev.catchment.catalog.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Makes one record in the shape of the Discovery API as recorded in 2025, nulls and missing keys included. */
record DemoAsset(Random random, JsonNode portal, JsonNode topic) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> SPANS = List.of("", " 2021", " 2022", " 2023", " 2024", " Archive", " Summary");
    private static final List<String> OTHER_TYPES =
            List.of("map", "chart", "filter", "story", "href", "file", "federated_href", "measure", "calendar");
    private static final List<String> WITH_COLUMNS = List.of("dataset", "calendar", "filter", "map", "chart");

    /** @param round how often the portal has had this topic already */
    ObjectNode record(String id, String team, int round) {
        String type = random.nextInt(4) > 0 ? "dataset" : pick(OTHER_TYPES);
        String name = topic.get("name").asText() + SPANS.get(round % SPANS.size());
        String host = "https://" + domain();
        ObjectNode record = JSON.createObjectNode();
        fillResource(record.putObject("resource"), id, name, type);
        fillClassification(record.putObject("classification"));
        fillMetadata(record.putObject("metadata"), type, host);
        boolean story = type.equals("story");
        String category = record.path("classification").path("domain_category").asText("dataset");
        record.put("permalink", host + (story ? "/stories/s/" : "/d/") + id);
        record.put("link", host + (story ? "/stories/s/" : "/" + slug(category) + "/" + slug(name) + "/") + id);
        for (String role : new String[] {"owner", "creator"}) {
            record.putObject(role).put("id", team).put("user_type", "team").put("display_name", "Open Data Team");
        }
        return record;
    }

    private void fillResource(ObjectNode resource, String id, String name, String type) {
        boolean columns = WITH_COLUMNS.contains(type);
        resource.put("name", name).put("id", id).putNull("resource_name").putArray("parent_fxf");
        resource.put("description", chance(15) ? "" : topic.get("description").asText());
        JsonNode attributions = portal.get("attributions");
        resource.put("attribution", attributions.isEmpty() || chance(30) ? null : pick(attributions));
        resource.put("attribution_link", chance(85) ? null : "https://" + domain() + "/about");
        resource.put("contact_email", chance(70) ? null : "opendata@" + domain());
        resource.put("type", type);
        fillDates(resource, columns);
        DemoViews.fill(resource, random);
        fillColumns(resource, columns);
        resource.put("provenance", chance(3) ? "community" : "official");
        resource.put("lens_view_type", type.equals("story") ? "story" : type.contains("href") ? "href" : "tabular");
        resource.put("lens_display_type", type.equals("federated_href") ? "federated" : "table");
        resource.put("locked", false).put("blob_mime_type", type.equals("file") ? "application/zip" : null);
        resource.put("hide_from_data_json", chance(5));
    }

    private void fillDates(ObjectNode resource, boolean data) {
        Instant created = Instant.parse("2014-01-01T00:00:00Z")
                .plus(random.nextInt(11 * 365), ChronoUnit.DAYS)
                .plusSeconds(random.nextInt(86_400));
        Instant described = created.plusSeconds(random.nextInt(300 * 86_400));
        Instant changed = created.plusSeconds(random.nextInt(360 * 86_400));
        resource.put("updatedAt", MOMENT.format(data && changed.isAfter(described) ? changed : described));
        resource.put("createdAt", MOMENT.format(created)).put("metadata_updated_at", MOMENT.format(described));
        resource.put("data_updated_at", data ? MOMENT.format(changed) : null);
        resource.put("publication_date", chance(4) ? null : MOMENT.format(created.plusSeconds(3_600)));
    }

    private void fillColumns(ObjectNode resource, boolean filled) {
        ArrayNode names = resource.putArray("columns_name");
        ArrayNode fields = resource.putArray("columns_field_name");
        ArrayNode types = resource.putArray("columns_datatype");
        ArrayNode descriptions = resource.putArray("columns_description");
        ArrayNode formats = resource.putArray("columns_format");
        for (JsonNode column : filled ? topic.get("columns") : JSON.createArrayNode()) {
            String name = column.get(0).asText();
            names.add(name);
            fields.add(name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_"));
            types.add(column.get(1).asText());
            descriptions.add(chance(80) ? "" : name + " as registered.");
            ObjectNode format = formats.addObject();
            if (column.get(1).asText().equals("Number")) {
                format.put("noCommas", "true").put("align", "right");
            }
        }
    }

    private void fillClassification(ObjectNode classification) {
        classification.putArray("categories");
        classification.putArray("tags");
        if (!chance(25)) {
            classification.put("domain_category", topic.get("category").asText());
        }
        JsonNode tags = chance(20) ? JSON.createArrayNode() : topic.get("tags").deepCopy();
        classification.set("domain_tags", tags);
        ArrayNode fields = classification.putArray("domain_metadata");
        if (!portal.get("agencyKey").isNull() && !chance(10)) {
            String agency = pick(portal.get("agencies"));
            fields.addObject().put("key", portal.get("agencyKey").asText()).put("value", agency);
        }
        for (Map.Entry<String, JsonNode> extra : portal.get("extra").properties()) {
            fields.addObject()
                    .put("key", extra.getKey())
                    .put("value", extra.getValue().asText());
        }
    }

    private void fillMetadata(ObjectNode metadata, String type, String host) {
        metadata.put("domain", domain());
        if (!portal.get("license").isNull() && !chance(20)) {
            metadata.put("license", portal.get("license").asText());
        }
        if (type.contains("href")) {
            metadata.putObject("access_points").put("text/csv", host + "/files/export.csv");
        }
    }

    private static String slug(String text) {
        String slug = text.replaceAll("[^\\p{L}\\p{N}_]+", "-");
        return slug.substring(0, Math.min(50, slug.length()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String domain() {
        return portal.get("domain").asText();
    }

    private String pick(JsonNode values) {
        return values.get(random.nextInt(values.size())).asText();
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
