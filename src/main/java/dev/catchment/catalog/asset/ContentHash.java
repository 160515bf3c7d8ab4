package dev.catchment.catalog.asset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.text.Sha256;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;

/**
 * A fingerprint of what a result says: SHA-256 of a canonical form, 64 lower-case hexadecimal digits. Two results have
 * the same one exactly when nothing but order, view counts or emptiness differs.
 *
 * <ul>
 * <li>Left out: page views, download count, the search score. They change with every crawl.
 * <li>Without order: keys of objects; columns (see {@link ColumnTuples}); tags, categories and the pairs of the
 * portal's metadata, where a key may occur twice. The server shuffles them: 8,236 of 8,305 observed "changes" were
 * nothing else. Every other list keeps its order.
 * <li>Null, {@code []}, {@code {}} and absent are the same, for the server has sent all four for "none", and a new key
 * that is null everywhere must not mark a whole catalogue as changed. An empty string is a value.
 * </ul>
 */
public final class ContentHash {

    private static final ThreadLocal<ContentHash> MINE = ThreadLocal.withInitial(ContentHash::new);
    private static final Set<String> VOLATILE = Set.of("page_views", "view_count", "download_count", "score");
    private static final Set<String> BAGS =
            Set.of("categories", "tags", "domain_tags", "domain_metadata", "domain_private_metadata", "parent_fxf");

    private final CanonicalBytes out = new CanonicalBytes();
    private final MessageDigest digest = Sha256.digest();

    private ContentHash() {}

    /** The fingerprint of one result object, as parsed from the API. */
    public static String of(JsonNode result) {
        ContentHash mine = MINE.get();
        mine.out.clear();
        mine.object(result, Level.RESULT);
        return Sha256.hex(mine.out.digest(mine.digest));
    }

    /** How deep we are: only the fields of the known objects have meaning, the same names elsewhere are just names. */
    private enum Level {
        RESULT,
        PART,
        INNER;

        Level below(String key) {
            return this == RESULT && (key.equals("resource") || key.equals("classification")) ? PART : INNER;
        }
    }

    private void object(JsonNode node, Level level) {
        int counted = out.open('o');
        int[] starts = new int[node.size() + 1];
        int count = 0;
        ColumnTuples columns = level == Level.PART ? new ColumnTuples() : null;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isLeftOut(field, level) || columns != null && columns.take(field)) {
                continue;
            }
            starts[count++] = out.length();
            field(field, level);
        }
        if (columns != null && !columns.isEmpty()) {
            starts[count++] = out.length();
            columns.write(out, this::value);
        }
        out.number(counted, count);
        out.sort(starts, count);
    }

    private void field(Map.Entry<String, JsonNode> field, Level level) {
        String key = field.getKey();
        JsonNode value = field.getValue();
        out.string(key);
        if (level == Level.PART && BAGS.contains(key)) {
            bag(value);
        } else if (value.isObject()) {
            object(value, level.below(key));
        } else {
            value(value);
        }
    }

    /** A list whose order means nothing. One value alone is a list of one: {@code parent_fxf} was a string in 2016. */
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
            object(node, Level.INNER);
        } else if (node.isArray()) {
            out.tag('a');
            out.number(node.size());
            node.forEach(this::value);
        } else {
            out.scalar(node);
        }
    }

    private static boolean isLeftOut(Map.Entry<String, JsonNode> field, Level level) {
        JsonNode value = field.getValue();
        return value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || level != Level.INNER && VOLATILE.contains(field.getKey());
    }
}
