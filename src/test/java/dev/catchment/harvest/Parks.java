package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.HarvestWalk;
import dev.catchment.support.HarvestWalk.Row;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An empty database with one source of parks, which is walked once a day by the statements alone, and verified in the end. */
final class Parks implements BeforeEachCallback, AfterEachCallback {
    private static final String DAY = "2025-01-0%dT00:00:00Z";

    private long source;

    @Override
    public void beforeEach(ExtensionContext test) {
        empty();
    }

    void empty() {
        TestDatabase.empty();
        HarvestWalk.kind("parks", WalkStatementsTest.MAPPING, WalkStatementsTest.DECLARATION);
        source = HarvestWalk.source("parks.example", "parks");
    }

    @Override
    public void afterEach(ExtensionContext test) {
        assertThat(TestDatabase.get().rows("harvest/verify-harvest", Map.of())).isEmpty();
    }

    static Row park(String key, String name) {
        return WalkStatementsTest.park(key, name);
    }

    static Row park(String key, String name, String uid) {
        return Row.of(key, "{\"key\":\"%s\",\"name\":\"%s\",\"uid\":\"%s\"}".formatted(key, name, uid));
    }

    long source() {
        return source;
    }

    HarvestWalk walk(int day, Row... rows) {
        HarvestWalk walk = begin(day);
        walk.page(rows);
        return walk.end();
    }

    HarvestWalk begin(int day) {
        return HarvestWalk.begin(source, DAY.formatted(day));
    }

    /** A run that walks nothing. */
    HarvestWalk beginOther(int day) {
        return begin(day, "partial");
    }

    HarvestWalk begin(int day, String mode) {
        return HarvestWalk.begin(source, DAY.formatted(day), mode);
    }

    /** From now on it is another source that is walked. */
    void moveTo(String name) {
        source = HarvestWalk.source(name, "parks");
    }

    static List<String> datasets() {
        return texts("select key || ' ' || title || case when retired_at is null then '' else ' retired' end"
                + " from harvest.datasets order by key");
    }
}
