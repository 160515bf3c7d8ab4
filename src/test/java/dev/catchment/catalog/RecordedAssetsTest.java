package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.catalog.agency.AgencyName;
import dev.catchment.catalog.asset.Asset;
import dev.catchment.catalog.asset.AssetNormaliser;
import dev.catchment.flow.BadRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real answers of the API; skipped where the recorded data is not beside the project. */
class RecordedAssetsTest {

    private static final Path DATA = Path.of("../shared/data/discovery");

    private final AssetNormaliser normaliser = new AssetNormaliser();

    @Test
    void every_result_of_a_recorded_crawl_becomes_an_asset() throws Exception {
        List<Asset> assets = recorded();
        assertThat(assets).hasSize(12_967);
        assertThat(assets.stream().map(Asset::id).distinct()).hasSize(12_662);
        assertThat(assets.stream().map(Asset::contentHash).distinct()).hasSize(12_662);
        assertThat(assets.stream().filter(a -> a.agency() != null)).hasSizeGreaterThan(9_900);
        assertThat(assets.stream().filter(a -> a.country() != null)).hasSizeGreaterThan(10_000);
    }

    @Test
    void one_key_joins_spellings_within_a_portal() throws Exception {
        Map<String, Set<String>> spellings = new HashMap<>();
        for (Asset asset : recorded()) {
            AgencyName.of(asset.attribution())
                    .ifPresent(name -> spellings
                            .computeIfAbsent(asset.domain() + " " + name.key(), k -> new HashSet<>())
                            .add(asset.attribution()));
        }
        assertThat(spellings.values().stream().filter(variants -> variants.size() > 1))
                .hasSizeBetween(45, 65);
    }

    @Test
    void a_second_crawl_in_another_order_gives_the_same_hash() throws Exception {
        for (String line : lines().subList(0, 2_000)) {
            JsonNode result = Results.JSON.readTree(line);
            assertThat(AssetNormaliser.HASH.of(turned(result, ""))).isEqualTo(AssetNormaliser.HASH.of(result));
        }
    }

    /** Everything whose order the server shuffles, back to front; columns all alike. */
    private static JsonNode turned(JsonNode node, String name) {
        boolean shuffled = name.startsWith("columns_") || name.startsWith("domain_") || name.endsWith("tags");
        if (node.isObject()) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Collections.reverse(names);
            ObjectNode object = Results.JSON.createObjectNode();
            names.forEach(key -> object.set(key, turned(node.get(key), key)));
            return object;
        }
        List<JsonNode> items = new ArrayList<>();
        node.forEach(item -> items.add(turned(item, "")));
        Collections.reverse(items);
        return node.isArray() && shuffled ? Results.JSON.createArrayNode().addAll(items) : node;
    }

    @Test
    void every_recorded_answer_from_2018_to_2025_becomes_assets() throws Exception {
        assumeRecorded(DATA.resolve("responses"));
        int seen = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DATA.resolve("responses"), "*.json")) {
            for (Path file : files) {
                JsonNode answer = Results.JSON.readTree(file.toFile());
                for (JsonNode result : answer.path("results")) {
                    if (result.has("resource")) {
                        byte[] bytes = result.toString().getBytes(StandardCharsets.UTF_8);
                        normaliser.normalise(bytes, 0, bytes.length);
                        seen++;
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(120);
    }

    private List<Asset> recorded() throws IOException, BadRecord {
        List<Asset> assets = new ArrayList<>();
        for (String line : lines()) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            assets.add(normaliser.normalise(bytes, 0, bytes.length));
        }
        return assets;
    }

    private static List<String> lines() throws IOException {
        Path file = DATA.resolve("assets-us-2022-07-23.jsonl.gz");
        assumeRecorded(file);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static void assumeRecorded(Path path) {
        Assumptions.assumeTrue(Files.exists(path), "recorded data is not here: " + path);
    }
}
