package dev.catchment.catalog.agency;

import dev.catchment.flow.field.RecordFields;
import dev.catchment.flow.field.ResourceLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which fields of a portal's own metadata name a department or a publisher. A key is {@code Set-Name_Field-Name}.
 *
 * <p>Known keys come first, in the order of {@code catalog/agency-keys.txt}; then any key whose field name says agency,
 * department and the like and nothing that makes it something else (a contact, a code, a page, …).
 */
final class AgencyKeys {

    private static final int UNLISTED = 100_000;
    private static final int NONE = Integer.MAX_VALUE;
    /** A bound, so that odd input cannot fill the memory; 955 distinct keys are known. */
    private static final int REMEMBERED = 10_000;

    private static final Pattern DEPARTMENT = Pattern.compile("(?iu)(?<!\\p{L})(agency|agencies|departments?|dept"
            + "|directorate|ministry|ministère|ministerio|publishing-department|nombre-de-la-entidad)(?!\\p{L})");
    private static final Pattern EXCLUDED = Pattern.compile("(?iu)contact|bureau-code|program|page|citation|e-?mail"
            + "|url|link|website|phone|frequency|unit|coverage|acronym|short-name|number|code|date|type|notes|head");
    private static final Pattern PUBLISHER = Pattern.compile("(?iu)publisher(-name)?");

    private final Map<String, Integer> rank = new HashMap<>();
    private final Map<String, Integer> guessed = new ConcurrentHashMap<>();

    private AgencyKeys(List<String> lines) {
        for (String line : lines) {
            rank.putIfAbsent(line, rank.size());
        }
    }

    static AgencyKeys load() {
        return new AgencyKeys(ResourceLines.of("/catalog/agency-keys.txt"));
    }

    /** Values of department fields, the surest first. */
    List<String> departments(String domain, List<RecordFields.Pair> metadata) {
        if (metadata.isEmpty()) {
            return List.of();
        }
        TreeMap<Integer, String> found = new TreeMap<>();
        for (int i = 0; i < metadata.size(); i++) {
            int rank = rank(domain, metadata.get(i).key());
            if (rank != NONE) {
                found.putIfAbsent(
                        rank == UNLISTED ? UNLISTED + i : rank, metadata.get(i).value());
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Values of publisher fields in the order given. */
    List<String> publishers(List<RecordFields.Pair> metadata) {
        List<String> found = new ArrayList<>();
        for (RecordFields.Pair pair : metadata) {
            if (PUBLISHER.matcher(field(pair.key())).matches()) {
                found.add(pair.value());
            }
        }
        return found;
    }

    private int rank(String domain, String key) {
        Integer listed = rank.get(key);
        if (listed == null) {
            listed = rank.get(key + " @" + domain);
        }
        return listed != null ? listed : guess(key);
    }

    private int guess(String key) {
        Integer known = guessed.get(key);
        if (known == null) {
            String field = field(key);
            known = DEPARTMENT.matcher(field).find() && !EXCLUDED.matcher(field).find() ? UNLISTED : NONE;
            if (guessed.size() < REMEMBERED) {
                guessed.put(key, known);
            }
        }
        return known;
    }

    private static String field(String key) {
        return key.substring(key.indexOf('_') + 1);
    }
}
