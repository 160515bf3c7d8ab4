package dev.catchment.flow.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of a query by name, decoded. A parameter may be repeated as {@code x=a&x=b} or {@code x[]=a&x[]=b};
 * without {@code =} its value is empty.
 */
public record Parameters(Map<String, List<String>> values) {

    /** Errors: a 400 for a broken percent escape. */
    public static Parameters parse(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                String bare = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
                values.computeIfAbsent(bare, key -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The values of a parameter that may be repeated and may hold commas; empty ones count for nothing. */
    public Set<String> set(String name) {
        return all(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A whole number from 0 to {@code most}. Errors: a 400 for anything else. */
    public int number(String name, int ifAbsent, int most) {
        String value = first(name).orElse(String.valueOf(ifAbsent));
        // Ten digits overflow an int; the cap of every parameter is far below.
        long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : -1;
        if (number < 0 || number > most) {
            throw new RefusedRequest(
                    400,
                    "Invalid '%s' parameter: must be a whole number from 0 to %d; got %s".formatted(name, most, value));
        }
        return (int) number;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, "The query is incorrectly encoded: " + text);
        }
    }
}
