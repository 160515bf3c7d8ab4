package dev.catchment.flow.hash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.text.Sha256;
import java.security.MessageDigest;
import java.util.Map;

/**
 * A fingerprint of what a record says: SHA-256 of a canonical form, 64 lower-case hexadecimal digits. Two records have
 * the same one exactly when nothing but order, emptiness or what the rules leave out differs.
 *
 * <ul>
 * <li>Left out: what the rules say.
 * <li>Without order: keys of objects; parallel lists (see {@link ParallelLists}) and bags, as the rules say. Every other
 * list keeps its order.
 * <li>Null, {@code []}, {@code {}} and absent are the same, for servers send all four for "none", and a new key that is null
 * everywhere must not mark a whole catalogue as changed. An empty string is a value.
 * </ul>
 */
public final class ContentHash {
    private final HashRules rules;
    private final ThreadLocal<Work> mine = ThreadLocal.withInitial(Work::new);

    public ContentHash(HashRules rules) {
        this.rules = rules;
    }

    /** The fingerprint of one record. */
    public String of(JsonNode record) {
        return mine.get().of(record, rules);
    }

    /** What one thread hashes with, used again for each record. */
    private static final class Work {
        private final CanonicalBytes out = new CanonicalBytes();
        private final MessageDigest digest = Sha256.digest();

        String of(JsonNode record, HashRules rules) {
            out.clear();
            object(record, rules);
            return Sha256.hex(out.digest(digest));
        }

        /** @param rules of this object; null if there are none */
        private void object(JsonNode node, HashRules rules) {
            int counted = out.open('o');
            int[] starts = new int[node.size() + 1];
            int count = 0;
            ParallelLists lists =
                    rules == null || rules.parallel() == null ? null : new ParallelLists(rules.parallel());
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                HashRules below = rules == null ? null : rules.below(field.getKey());
                if (isLeftOut(field.getValue(), below) || lists != null && lists.take(field)) {
                    continue;
                }
                starts[count++] = out.length();
                field(field, below);
            }
            if (lists != null && !lists.isEmpty()) {
                starts[count++] = out.length();
                lists.write(out, this::value);
            }
            out.number(counted, count);
            out.sort(starts, count);
        }

        private void field(Map.Entry<String, JsonNode> field, HashRules rules) {
            JsonNode value = field.getValue();
            out.string(field.getKey());
            if (rules != null && rules.isBag()) {
                bag(value);
            } else if (value.isObject()) {
                object(value, rules);
            } else {
                value(value);
            }
        }

        /** A list whose order means nothing. One value alone is a list of one. */
        private void bag(JsonNode values) {
            out.tag('b');
            int count = values.isArray() ? values.size() : 1;
            out.number(count);
            int[] starts = new int[count];
            for (int i = 0; i < count; i++) {
                starts[i] = out.length();
                value(values.isArray() ? values.get(i) : values);
            }
            out.sort(starts, count);
        }

        private void value(JsonNode node) {
            if (node.isObject()) {
                object(node, null);
            } else if (node.isArray()) {
                out.tag('a');
                out.number(node.size());
                node.forEach(this::value);
            } else {
                out.scalar(node);
            }
        }

        private static boolean isLeftOut(JsonNode value, HashRules rules) {
            return value.isNull() || value.isContainerNode() && value.isEmpty() || rules != null && rules.isLeftOut();
        }
    }
}
