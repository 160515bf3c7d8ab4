package dev.catchment.export.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** What stands around the datasets of a catalogue: DCAT-US 1.1 ({@code data.json}), or DCAT-AP 3 as JSON-LD. */
public final class DcatCatalogue {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POD = "https://project-open-data.cio.gov/v1.1/schema";

    private static final Map<String, String> PREFIXES = new TreeMap<>(Map.ofEntries(
            Map.entry("dcat", "http://www.w3.org/ns/dcat#"),
            Map.entry("dct", "http://purl.org/dc/terms/"),
            Map.entry("foaf", "http://xmlns.com/foaf/0.1/"),
            Map.entry("geo", "http://www.opengis.net/ont/geosparql#"),
            Map.entry("hydra", "http://www.w3.org/ns/hydra/core#"),
            Map.entry("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
            Map.entry("skos", "http://www.w3.org/2004/02/skos/core#"),
            Map.entry("vcard", "http://www.w3.org/2006/vcard/ns#"),
            Map.entry("xsd", "http://www.w3.org/2001/XMLSchema#")));

    private DcatCatalogue() {}

    /** Up to the first dataset; datasets are separated by commas. @param format dcat-us or dcat-ap */
    public static String begin(String format, String title, String publisher) {
        return begin(format, title, publisher, null);
    }

    /** The same of a catalogue that has an address. @param id the same for all of its pages; null if it has none */
    public static String begin(String format, String title, String publisher, String id) {
        ObjectNode catalogue = format.equals("dcat-us") ? ofUs() : ofAp(title, publisher, id);
        if (id != null) {
            catalogue.put("@id", id);
        }
        String datasets = format.equals("dcat-us") ? "dataset" : "dcat:dataset";
        catalogue.putArray(datasets);
        String whole = catalogue.toString();
        return whole.substring(0, whole.length() - 2);
    }

    private static ObjectNode ofUs() {
        return JSON.createObjectNode()
                .put("@context", POD + "/catalog.jsonld")
                .put("@type", "dcat:Catalog")
                .put("conformsTo", POD)
                .put("describedBy", POD + "/catalog.json");
    }

    private static ObjectNode ofAp(String title, String publisher, String id) {
        ObjectNode catalogue = JSON.createObjectNode();
        ObjectNode context = catalogue.putObject("@context");
        PREFIXES.forEach(context::put);
        catalogue
                .put("@type", "dcat:Catalog")
                .put("dct:title", title)
                .put("dct:description", "Datasets of %s.".formatted(title));
        ObjectNode agent =
                catalogue.putObject("dct:publisher").put("@type", "foaf:Agent").put("foaf:name", publisher);
        if (id != null) {
            // One for all pages, and not one on each.
            agent.put("@id", id + "#publisher");
        }
        return catalogue;
    }

    /** After the last dataset. */
    public static String end() {
        return "\n]}\n";
    }

    /**
     * After the last dataset of a page. DCAT-AP tells where the next one is as Hydra does; DCAT-US has no words for it.
     *
     * @param page its address
     * @param next that of the next one; null if there is none
     */
    public static String end(String format, String page, String next) {
        if (format.equals("dcat-us")) {
            return end();
        }
        ObjectNode view = JSON.createObjectNode().put("@id", page).put("@type", "hydra:PartialCollectionView");
        if (next != null) {
            view.putObject("hydra:next").put("@id", next);
        }
        return "\n],\"hydra:view\":%s}\n".formatted(view);
    }
}
