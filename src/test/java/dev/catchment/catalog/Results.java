package dev.catchment.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.catalog.asset.Asset;
import dev.catchment.catalog.asset.AssetNormaliser;
import dev.catchment.flow.BadRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/** Result objects for tests: small fixtures in the shapes the API really had, and changes to them. */
public final class Results {

    public static final ObjectMapper JSON = new ObjectMapper();

    private Results() {}

    public static ObjectNode fixture(String name) {
        try (InputStream in = Results.class.getResourceAsStream("/catalog/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    public static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** The fixture of 2025 after a change. */
    public static ObjectNode changed(Consumer<ObjectNode> change) {
        ObjectNode result = fixture("asset-2025");
        change.accept(result);
        return result;
    }

    public static ObjectNode resource(ObjectNode result) {
        return (ObjectNode) result.get("resource");
    }

    public static ObjectNode classification(ObjectNode result) {
        return (ObjectNode) result.get("classification");
    }

    public static Asset normalise(ObjectNode result) throws BadRecord {
        return normalise(result.toString());
    }

    public static Asset normalise(String json) throws BadRecord {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new AssetNormaliser().normalise(bytes, 0, bytes.length);
    }

    static BadRecord refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    static BadRecord refused(byte[] bytes) {
        try {
            Asset asset = new AssetNormaliser().normalise(bytes, 0, bytes.length);
            throw new AssertionError("not refused: " + asset);
        } catch (BadRecord bad) {
            return bad;
        }
    }
}
