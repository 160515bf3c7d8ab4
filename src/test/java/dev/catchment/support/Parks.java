package dev.catchment.support;

import dev.catchment.support.HarvestWalk.Row;
import java.util.HashMap;
import java.util.Map;

/** Two sources that have a dataset in common, and a past. */
public final class Parks {
    private static final String DAY = "2025-01-%02dT00:00:00Z";

    private final long one;
    private final long two;

    private Parks(long one, long two) {
        this.one = one;
        this.two = two;
    }

    /** As on the first day. */
    public static Parks begin() {
        HarvestWalk.kind(
                "parks",
                "select raw ->> 'name' as title, raw ->> 'about' as description, array['green'] as keywords,"
                        + " array[raw ->> 'doi'] as persistent_ids,"
                        + " jsonb_build_array(jsonb_build_object('format', 'csv', 'download_url', 'https://parks.example/' || (raw ->> 'name')))"
                        + " as distributions",
                "{\"kind\":\"parks\",\"title\":\"Parks\",\"noise\":[\"/visits\"]}");
        Parks parks = new Parks(HarvestWalk.source("one.example", "parks"), HarvestWalk.source("two.example", "parks"));
        parks.one(1, park("a", "Acre", 1), park("b", "Bay", 1), park("c", "Cape", 1));
        parks.two(1, park("x", "Acre", 1), park("y", "Yard", 1));
        parks.findCopies();
        return parks;
    }

    /** Noise, a change, one that is new, and one that two walks miss, on the second and third day. */
    public void change() {
        for (int day = 2; day <= 3; day++) {
            one(day, park("a", "Acre", 2), park("b", "Beach", 1), park("d", "Dune", 1));
        }
    }

    public static Row park(String key, String name, int visits) {
        return Row.of(
                key,
                "{\"name\":\"%s\",\"about\":\"About %s\",\"doi\":\"10.1/%s\",\"visits\":%d}"
                        .formatted(name, name, name, visits));
    }

    /** A whole walk of the one source. */
    public void one(int day, Row... rows) {
        walk(one, day, rows);
    }

    /** A whole walk of the other. */
    public void two(int day, Row... rows) {
        walk(two, day, rows);
    }

    private static void walk(long source, int day, Row... rows) {
        HarvestWalk walk = HarvestWalk.begin(source, DAY.formatted(day));
        walk.page(rows);
        walk.end();
    }

    public void findCopies() {
        TestDatabase.get().rows("harvest/find-copies", new HashMap<>(Map.of("now", DAY.formatted(9))));
    }
}
