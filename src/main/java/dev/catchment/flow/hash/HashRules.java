package dev.catchment.flow.hash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a record is no content, by JSON Pointers to keys of its objects. Each node knows the rules of one object; the same
 * names elsewhere are just names.
 */
public final class HashRules {
    private final Map<String, HashRules> below = new HashMap<>();
    private boolean isLeftOut;
    private boolean isBag;
    private String parallel;

    private HashRules() {}

    /**
     * @param leftOut values that change by themselves, such as counts of views
     * @param bags lists whose order means nothing
     * @param parallel prefixes of the keys of lists of one object that are shuffled alike, such as {@code /resource/columns_}
     */
    public static HashRules of(List<String> leftOut, List<String> bags, List<String> parallel) {
        HashRules rules = new HashRules();
        leftOut.forEach(pointer -> rules.at(pointer).isLeftOut = true);
        bags.forEach(pointer -> rules.at(pointer).isBag = true);
        parallel.forEach(pointer -> {
            int last = pointer.lastIndexOf('/');
            rules.at(pointer.substring(0, last)).parallel = pointer.substring(last + 1);
        });
        return rules;
    }

    private HashRules at(String pointer) {
        HashRules node = this;
        for (String key :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
            node = node.below.computeIfAbsent(key, name -> new HashRules());
        }
        return node;
    }

    /** The rules of the value of a key; null if there are none. */
    HashRules below(String key) {
        return below.get(key);
    }

    boolean isLeftOut() {
        return isLeftOut;
    }

    boolean isBag() {
        return isBag;
    }

    /** The prefix of the parallel lists of this object; null if it has none. */
    String parallel() {
        return parallel;
    }
}
