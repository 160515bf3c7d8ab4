package dev.catchment.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Result objects of the Discovery API in the shape of 2025, numbered, in the order of their ids. */
public final class Assets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";
    private static final ObjectNode CASSETTE = cassette("asset-2025");

    private Assets() {}

    /** A recorded shape from {@code src/test/resources/catalog}. */
    public static ObjectNode cassette(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("/catalog/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of a number; greater numbers have greater ids. */
    public static String id(int number) {
        StringBuilder id = new StringBuilder();
        for (int digit = 7; digit >= 0; digit--) {
            id.append(ALPHABET.charAt((int) ((long) number >> (5 * digit) & 31)))
                    .append(digit == 4 ? "-" : "");
        }
        return id.toString();
    }

    public static ObjectNode asset(int number) {
        return asset(number, "data.example.gov");
    }

    public static ObjectNode asset(int number, String domain) {
        ObjectNode asset = CASSETTE.deepCopy();
        resource(asset).put("id", id(number)).put("name", "Dataset " + number);
        ((ObjectNode) asset.get("metadata")).put("domain", domain);
        asset.put("permalink", "https://" + domain + "/d/" + id(number));
        asset.put("link", "https://" + domain + "/Environment/Dataset-" + number + "/" + id(number));
        return asset;
    }

    public static ObjectNode resource(ObjectNode asset) {
        return (ObjectNode) asset.get("resource");
    }

    public static ObjectNode classification(ObjectNode asset) {
        return (ObjectNode) asset.get("classification");
    }

    /** Assets numbered from 1 on, as lines for the stand-in. */
    public static List<String> lines(int count) {
        return lines(1, count);
    }

    public static List<String> lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> asset(number).toString())
                .toList();
    }

    public static List<String> lines(ObjectNode... assets) {
        return Arrays.stream(assets).map(ObjectNode::toString).toList();
    }
}
