package dev.catchment.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a source really holds, and held: the title of each key. */
final class Truth {
    private final SortedMap<String, String> current = new TreeMap<>();
    private final Map<String, List<String>> history = new LinkedHashMap<>();
    private final Set<String> wereGone = new HashSet<>();

    synchronized void put(String key, String title) {
        current.put(key, title);
        history.computeIfAbsent(key, k -> new ArrayList<>()).add(title);
    }

    synchronized void remove(String key) {
        current.remove(key);
        wereGone.add(key);
    }

    synchronized SortedMap<String, String> current() {
        return new TreeMap<>(current);
    }

    synchronized boolean isHeld(String key) {
        return current.containsKey(key);
    }

    /**
     * What is wrong with what is held.
     *
     * @param where   for the message
     * @param held    rows of key, title, retired (t or f)
     * @param retired keys that were retired at any time
     * @param titles  rows of key and title: every state, in order
     */
    synchronized List<String> violations(
            String where, List<List<String>> held, List<String> retired, List<List<String>> titles) {
        List<String> wrong = new ArrayList<>();
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (List<String> row : held) {
            if (byKey.put(row.get(0), row) != null) {
                wrong.add(where + ": doubled: " + row.get(0) + " is held twice");
            }
            if (!history.containsKey(row.get(0))) {
                wrong.add(where + ": made up: " + row.get(0) + " was never there");
            } else if (!current.containsKey(row.get(0)) && row.get(2).equals("f")) {
                wrong.add(where + ": not retired: " + row.get(0) + " is gone from the source");
            }
        }
        current.forEach((key, title) -> {
            List<String> row = byKey.get(key);
            if (row == null) {
                wrong.add(where + ": lost: " + key + " '" + title + "'");
            } else if (row.get(2).equals("t")) {
                wrong.add(where + ": retired wrongly: " + key);
            } else if (!title.equals(row.get(1))) {
                wrong.add(where + ": stale: " + key + " is '" + title + "', held as '" + row.get(1) + "'");
            }
        });
        for (String key : new HashSet<>(retired)) {
            if (history.containsKey(key) && !wereGone.contains(key)) {
                wrong.add(where + ": retired wrongly for a while: " + key + " was always there");
            }
        }
        Set<String> sameTwice = new LinkedHashSet<>();
        Map<String, List<String>> statesOf = statesOf(titles, sameTwice);
        sameTwice.removeAll(retired); // what went and came back had the same state before and after
        sameTwice.forEach(key -> wrong.add(where + ": a version that is none: " + key + " had the same state twice"));
        statesOf.forEach((key, states) -> {
            if (history.containsKey(key) && !isSubsequence(states, history.get(key))) {
                wrong.add(where + ": history: " + key + " was " + history.get(key) + ", held as " + states);
            }
        });
        return wrong;
    }

    /** The rooms change titles alone. @param sameTwice gets the keys that have a state after an equal one */
    private static Map<String, List<String>> statesOf(List<List<String>> titles, Set<String> sameTwice) {
        Map<String, List<String>> states = new LinkedHashMap<>();
        for (List<String> row : titles) {
            List<String> ofKey = states.computeIfAbsent(row.get(0), key -> new ArrayList<>());
            if (ofKey.isEmpty() || !ofKey.get(ofKey.size() - 1).equals(row.get(1))) {
                ofKey.add(row.get(1));
            } else {
                sameTwice.add(row.get(0));
            }
        }
        return states;
    }

    private static boolean isSubsequence(List<String> part, List<String> whole) {
        int at = 0;
        for (String each : whole) {
            if (at < part.size() && each.equals(part.get(at))) {
                at++;
            }
        }
        return at == part.size();
    }
}
