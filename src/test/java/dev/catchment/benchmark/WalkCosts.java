package dev.catchment.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What walks cost, as {@link ScaleCosts} measured it: so much for a walk, a request, a dataset and a kB of its records. */
public record WalkCosts(Properties values) {
    /** What a walk finds. */
    public enum Pass {
        FIRST,
        UNCHANGED,
        CHANGED;

        private final String key = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What it takes. */
    public enum Quantity {
        NODE_SECONDS("node-seconds"),
        SERVER_SECONDS("server-seconds"),
        WAL("wal-bytes"),
        DISK("disk-bytes");

        private final String key;

        Quantity(String key) {
            this.key = key;
        }
    }

    public static WalkCosts measured() throws IOException {
        try (InputStream in = WalkCosts.class.getResourceAsStream("/benchmark/scale-costs.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return new WalkCosts(properties);
        }
    }

    private double of(Pass pass, Quantity quantity, String part) {
        return Double.parseDouble(values.getProperty(pass.key + "." + quantity.key + "." + part));
    }

    /** @param kilobytes of all records together */
    public double of(Pass pass, Quantity quantity, double walks, double requests, double datasets, double kilobytes) {
        return walks * of(pass, quantity, "walk")
                + requests * of(pass, quantity, "request")
                + datasets * of(pass, quantity, "dataset")
                + kilobytes * of(pass, quantity, "kilobyte");
    }
}
