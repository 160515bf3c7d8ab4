package dev.catchment.catalog.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Makes the views and downloads of one record. */
final class DemoViews {
    private DemoViews() {}

    static void fill(ObjectNode resource, Random random) {
        int week = random.nextInt(400);
        ObjectNode views = resource.putObject("page_views");
        put(views, "page_views_last_week", week);
        put(views, "page_views_last_month", 4 * week + random.nextInt(100));
        put(views, "page_views_total", 200 * week + random.nextInt(5_000));
        resource.put("download_count", 10 * week);
    }

    private static void put(ObjectNode views, String name, int count) {
        // Strict and rounded: the file is the same wherever it is made.
        double log = StrictMath.log(count + 1) / StrictMath.log(2);
        views.put(name, count).put(name + "_log", Math.round(log * 1000) / 1000.0);
    }
}
