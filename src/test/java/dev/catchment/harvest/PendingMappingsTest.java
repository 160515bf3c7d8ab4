package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.HarvestWalk;
import dev.catchment.support.HarvestWalk.Row;
import dev.catchment.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new record is mapped once, by the statement of its page: joining, renaming and settling go by what that said. */
class PendingMappingsTest {
    private static final String MAPPING = WalkStatementsTest.MAPPING;
    private static final String DECLARATION = WalkStatementsTest.DECLARATION;

    private long source;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        HarvestWalk.kind("parks", MAPPING, DECLARATION);
        source = HarvestWalk.source("parks.example", "parks");
    }

    /** The schema comes up in an empty database only. */
    @AfterEach
    void forgetCounts() {
        execute("drop sequence if exists public.records_mapped");
    }

    private static Row park(String key, String name) {
        return WalkStatementsTest.park(key, name);
    }

    private HarvestWalk walk(String now, Row... rows) {
        HarvestWalk walk = HarvestWalk.begin(source, now);
        walk.page(rows);
        return walk.end();
    }

    private static final String RECORDS_MAPPED = "select last_value - 1 from public.records_mapped";

    /** The mapping counts the records that it is called for. */
    private void countMappings() {
        execute("create sequence public.records_mapped; select nextval('public.records_mapped')");
        HarvestWalk.kind(
                "parks",
                MAPPING.replace(
                        "select\n",
                        "select case when nextval('public.records_mapped') > 0 then 'public' end as access_level,\n"),
                DECLARATION);
    }

    @Test
    void a_new_record_is_mapped_once_by_its_page_also_if_it_is_joined_or_waits() {
        countMappings();
        walk("2025-01-01T00:00:00Z", named("old-1", "Acre", 1), named("old-2", "Bay", 2), park("c", "Cape"));
        assertThat(number(RECORDS_MAPPED)).isEqualTo(3);
        HarvestWalk next = HarvestWalk.begin(source, "2025-01-02T00:00:00Z");
        next.page(named("new-1", "Acre", 1), named("new-2", "Bay", 2), park("c", "Cape"));
        next.settle(false);
        assertThat(number("select count(*) from harvest.pending_mappings")).isEqualTo(2);
        next.page(park("d", "Dale"));
        assertThat(number(RECORDS_MAPPED)).isEqualTo(6);
        next.end();
        assertThat(number(RECORDS_MAPPED)).isEqualTo(6);
        assertThat(texts("select old_key || ' ' || new_key from harvest.renames order by 1"))
                .containsExactly("old-1 new-1", "old-2 new-2");
        assertThat(texts("select key || ' ' || title from harvest.datasets order by key"))
                .containsExactly("c Cape", "d Dale", "new-1 Acre", "new-2 Bay");
        assertThat(number("select count(*) from harvest.pending_mappings")).isZero();
        // A record that came with other content before it was settled is what came last.
        HarvestWalk again = HarvestWalk.begin(source, "2025-01-03T00:00:00Z");
        again.page(park("e", "Elm"));
        again.close("failed", false);
        walk("2025-01-04T00:00:00Z", park("e", "Elms"));
        assertThat(text("select title from harvest.datasets where key = 'e'")).isEqualTo("Elms");
    }

    @Test
    void what_is_no_longer_what_it_was_mapped_by_or_was_lost_is_mapped_again() {
        countMappings();
        walk("2025-01-01T00:00:00Z", named("old-1", "Acre", 1));
        HarvestWalk next = HarvestWalk.begin(source, "2025-01-02T00:00:00Z");
        next.page(named("new-1", "Acre", 1), park("b", "Bay"));
        // As a crash of the server does.
        execute("truncate harvest.pending_mappings");
        next.end();
        assertThat(texts("select key || ' ' || title from harvest.datasets order by key"))
                .containsExactly("b Bay", "new-1 Acre");
        HarvestWalk last = HarvestWalk.begin(source, "2025-01-03T00:00:00Z");
        last.page(named("newest-1", "Acre", 1), park("b", "Bay"), park("c", "Cape"));
        HarvestWalk.kind("parks", MAPPING.replace("raw ->> 'name'", "upper(raw ->> 'name')"), DECLARATION);
        last.end();
        assertThat(texts("select key || ' ' || title from harvest.datasets order by key"))
                .containsExactly("b Bay", "c CAPE", "newest-1 ACRE");
    }

    private static Row named(String key, String name, int since) {
        return Row.of(key, "{\"name\":\"%s\",\"since\":\"200%d-01-01\"}".formatted(name, since));
    }

    @Test
    void fields_that_change_are_told_in_alphabetical_order_and_a_null_among_extras_is_none() {
        String other = "select raw -> 'extras' as extras, raw ->> 'name' as title, raw ->> 'name' as contact,"
                + " raw -> 'files' as distributions, array[raw ->> 'name'] as themes";
        HarvestWalk.kind("parks", other, DECLARATION);
        walk("2025-01-01T00:00:00Z", Row.of("a", "{\"name\":\"Acre\",\"extras\":{\"x\":{\"y\":null}}}"));
        walk("2025-01-02T00:00:00Z", Row.of("a", "{\"name\":\"Acre\",\"extras\":{\"x\":{}}}"));
        walk(
                "2025-01-03T00:00:00Z",
                Row.of("a", "{\"name\":\"Bay\",\"extras\":{\"x\":1},\"files\":[{\"bytes\":7,\"odd\":1},{}]}"));
        assertThat(texts("select cause || ' ' || key || ' ' || changed_fields::text from harvest.versions order by id"))
                .containsExactly("changed a {raw}", "changed a {contact,distributions,extras,themes,title}");
        assertThat(text("select harvest.state_of(harvest.mapping_of(d)) -> 'distributions' from harvest.datasets d"))
                .isEqualTo("[{\"bytes\": 7}, {}]");
    }
}
