package dev.catchment.flow.hash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lists of one object that belong together, such as {@code columns_name}, {@code columns_datatype} and so on, in a form
 * blind to their order. A server that shuffles them shuffles all of them alike, so they are put together into tuples, and
 * the tuples sorted.
 *
 * <p>Lists of the same length are put together; a list of another length stands alone and is sorted by itself. No
 * recorded answer has any, but if one comes, its hash must not flicker from crawl to crawl; the price is that two
 * columns which swap that one attribute go unnoticed.
 */
final class ParallelLists {
    private final String prefix;

    private final Map<Integer, Map<String, JsonNode>> listsByLength = new TreeMap<>();

    /** @param prefix of the keys of the lists */
    ParallelLists(String prefix) {
        this.prefix = prefix;
    }

    /** Takes the field when it is one of the parallel lists. */
    boolean take(Map.Entry<String, JsonNode> field) {
        JsonNode list = field.getValue();
        if (!list.isArray() || !field.getKey().startsWith(prefix)) {
            return false;
        }
        listsByLength.computeIfAbsent(list.size(), size -> new TreeMap<>()).put(field.getKey(), list);
        return true;
    }

    boolean isEmpty() {
        return listsByLength.isEmpty();
    }

    void write(CanonicalBytes out, Consumer<JsonNode> value) {
        out.tag('c');
        out.number(listsByLength.size());
        listsByLength.forEach((size, lists) -> write(size, lists, out, value));
    }

    private static void write(int size, Map<String, JsonNode> lists, CanonicalBytes out, Consumer<JsonNode> value) {
        out.number(lists.size());
        lists.keySet().forEach(out::string);
        out.number(size);
        JsonNode[] parallel = lists.values().toArray(JsonNode[]::new);
        int[] starts = new int[size];
        for (int i = 0; i < size; i++) {
            starts[i] = out.length();
            for (JsonNode list : parallel) {
                value.accept(list.get(i));
            }
        }
        out.sort(starts, size);
    }
}
