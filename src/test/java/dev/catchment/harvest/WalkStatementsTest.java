package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.HarvestWalk;
import dev.catchment.support.HarvestWalk.Row;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.slf4j.LoggerFactory;

/** What the pages of a walk write, told by the statements alone. */
class WalkStatementsTest {
    /** Made up: a JSON API of parks. */
    static final String MAPPING = """
            select
              raw ->> 'name' as title,
              (raw ->> 'since')::date as issued_at,
              raw ->> 'since' as issued,
              raw ->> 'changed' as modified,
              array(select jsonb_array_elements_text(raw -> 'tags')) as keywords,
              raw ->> 'uid' as platform_id,
              raw -> 'files' as distributions;
            """;

    static final String DECLARATION = "{\"noise\": [\"/changed\"], \"bags\": [\"/tags\"]}";
    private static final String SEQUENCE_OF_VERSIONS =
            "select cause || ' ' || key || ' ' || changed_fields::text || case when is_noise then ' noise' else '' end"
                    + " from harvest.versions order by id";

    private long source;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        HarvestWalk.kind("parks", MAPPING, DECLARATION);
        source = HarvestWalk.source("parks.example", "parks");
    }

    static Row park(String key, String name) {
        return Row.of(
                key,
                "{\"name\":\"%s\",\"files\":[{\"format\":\"CSV\",\"download_url\":\"https://x/%s\"}]}"
                        .formatted(name, key));
    }

    private HarvestWalk walk(String now, Row... rows) {
        HarvestWalk walk = HarvestWalk.begin(source, now);
        walk.page(rows);
        return walk.end();
    }

    @Test
    void new_records_get_datasets_when_their_walk_ends_and_none_before() {
        HarvestWalk walk = HarvestWalk.begin(source, "2025-01-01T00:00:00Z");
        assertThat(walk.page(park("a", "Acre"), park("b", "Bay"))).containsEntry("added", 2L);
        assertThat(walk.page(park("c", "Cape"))).containsEntry("added", 1L);
        assertThat(number("select count(*) from harvest.datasets")).isZero();
        walk.end();
        assertThat(texts("select title from harvest.datasets order by key")).containsExactly("Acre", "Bay", "Cape");
        assertThat(texts("select format || ' ' || download_url from harvest.distributions d"
                        + " join harvest.datasets on id = dataset_id order by key"))
                .containsExactly("csv https://x/a", "csv https://x/b", "csv https://x/c");
        assertThat(texts("select change from harvest.changes")).containsExactly("added", "added", "added");
        assertThat(text("select seen || ' ' || added || ' ' || cursor from ops.runs"))
                .isEqualTo("3 3 2");
    }

    @Test
    void new_records_are_settled_side_by_side_each_once_and_nobody_waits_for_another() throws SQLException {
        HarvestWalk walk = HarvestWalk.begin(source, "2025-01-01T00:00:00Z");
        walk.page(park("a", "Acre"), park("b", "Bay"), park("c", "Cape"), park("d", "Dale"), park("e", "Elm"));
        try (Connection one = TestDatabase.get().dataSource().getConnection();
                Connection other = TestDatabase.get().dataSource().getConnection()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            assertThat(settled(one, walk, 2)).isEqualTo(2);
            assertThat(settled(other, walk, 2)).isEqualTo(2);
            assertThat(settled(other, walk, 2)).isEqualTo(1);
            // What another one has is left to it, and is there again if it is taken back.
            assertThat(settled(other, walk, 2)).isZero();
            other.commit();
            one.rollback();
        }
        walk.settle(true);
        assertThat(texts("select title from harvest.datasets order by key"))
                .containsExactly("Acre", "Bay", "Cape", "Dale", "Elm");
        assertThat(number("select count(*) from harvest.changes where change = 'added'"))
                .isEqualTo(5);
    }

    private long settled(Connection connection, HarvestWalk walk, int most) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '10s'");
            ResultSet row =
                    statement.executeQuery("select settled from harvest.settle_datasets(%d, %d, true, %d, now())"
                            .formatted(walk.run(), source, most));
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void a_bag_in_another_order_is_no_news_beside_the_moment() {
        walk(
                "2025-01-01T00:00:00Z",
                Row.of("a", "{\"name\":\"Acre\",\"changed\":\"1\",\"tags\":[\"b\",\"a\"],\"x\":null}"));
        walk("2025-01-02T00:00:00Z", Row.of("a", "{\"name\":\"Acre\",\"changed\":\"2\",\"tags\":[\"a\",\"b\"]}"));
        walk("2025-01-03T00:00:00Z", Row.of("a", "{\"name\":\"Acre\",\"changed\":\"3\",\"tags\":[\"a\",\"c\"]}"));
        assertThat(texts(SEQUENCE_OF_VERSIONS))
                .containsExactly("changed a {keywords,modified} noise", "changed a {keywords,modified}");
        assertThat(texts("select change from harvest.changes order by id")).containsExactly("added", "changed");
    }

    @Test
    void a_change_keeps_the_state_before_it_and_noise_is_told_apart() {
        walk("2025-01-01T00:00:00Z", Row.of("a", "{\"name\":\"Acre\",\"changed\":\"1\"}"), park("b", "Bay"));
        String id = text("select id from harvest.datasets where key = 'a'");
        walk("2025-01-02T00:00:00Z", Row.of("a", "{\"name\":\"Acre\",\"changed\":\"2\"}"), park("b", "Bay"));
        walk("2025-01-03T00:00:00Z", Row.of("a", "{\"name\":\"Acres\",\"changed\":\"3\"}"), park("b", "Bay"));
        assertThat(texts(SEQUENCE_OF_VERSIONS))
                .containsExactly("changed a {modified} noise", "changed a {modified,title}");
        assertThat(texts("select raw ->> 'changed' from harvest.versions order by id"))
                .containsExactly("1", "2");
        assertThat(texts("select fields::text from harvest.changes where change = 'changed'"))
                .containsExactly("{modified,title}");
        assertThat(text("select title || ' ' || modified || ' ' || id from harvest.datasets where key = 'a'"))
                .isEqualTo("Acres 3 " + id);
        assertThat(texts("select (valid_to at time zone 'UTC')::date from harvest.versions order by id"))
                .containsExactly("2025-01-02", "2025-01-03");
        assertThat(text("select (last_changed_at at time zone 'UTC')::date from harvest.datasets where key = 'b'"))
                .isEqualTo("2025-01-01");
    }

    @Test
    void distributions_change_with_their_dataset() {
        walk("2025-01-01T00:00:00Z", Row.of("a", "{\"files\":[{\"format\":\"CSV\"},{\"format\":\"PDF\"}]}"));
        walk("2025-01-02T00:00:00Z", Row.of("a", "{\"files\":[{\"format\":\"JSON\",\"bytes\":5}]}"));
        assertThat(texts("select position || format || bytes from harvest.distributions"))
                .containsExactly("1json5");
        assertThat(text("select state -> 'distributions' from harvest.versions"))
                .isEqualTo("[{\"format\": \"csv\"}, {\"format\": \"pdf\"}]");
        assertThat(texts(SEQUENCE_OF_VERSIONS)).containsExactly("changed a {distributions}");
    }

    @Test
    void what_was_killed_between_its_pages_is_gone_on_with_and_nothing_is_written_for_it_any_more() {
        HarvestWalk dead = HarvestWalk.begin(source, "2025-01-01T00:00:00Z");
        dead.page(park("a", "Acre"));
        dead.close("abandoned", false);
        assertThat(dead.page(park("b", "Bay"))).isNull();
        assertThat(number("select count(*) from harvest.records")).isEqualTo(1);
        assertThat(number("select count(*) from ops.requests")).isEqualTo(1);
        HarvestWalk next = HarvestWalk.begin(source, "2025-01-01T01:00:00Z").from(2);
        next.page(park("b", "Bay"));
        assertThat(next.count())
                .containsEntry("keys", 2L)
                .containsEntry("rows_before", 1L)
                .containsEntry("duplicates", 0L);
        next.end();
        assertThat(texts("select key from harvest.datasets order by key")).containsExactly("a", "b");
    }

    @Test
    void a_page_that_comes_again_at_its_place_is_no_duplicate() {
        HarvestWalk walk = HarvestWalk.begin(source, "2025-01-01T00:00:00Z");
        walk.page(park("a", "Acre"));
        assertThat(walk.from(1).page(park("a", "Acre")))
                .containsEntry("unchanged", 1L)
                .containsEntry("duplicates", 0L);
    }

    @Test
    void the_same_key_at_another_place_is_a_duplicate_and_with_other_content_a_conflict() {
        HarvestWalk walk = HarvestWalk.begin(source, "2025-01-01T00:00:00Z");
        walk.page(park("a", "Acre"), park("b", "Bay"));
        assertThat(walk.page(park("a", "Acre"), park("b", "Bight")))
                .containsEntry("added", 0L)
                .containsEntry("duplicates", 1L)
                .containsEntry("conflicts", 1L);
        assertThat(walk.count())
                .containsEntry("keys", 2L)
                .containsEntry("duplicates", 1L)
                .containsEntry("conflicts", 1L);
        walk.end();
        assertThat(texts("select title from harvest.datasets order by key")).containsExactly("Acre", "Bay");
        assertThat(text("select reason || ' ' || severity || ' ' || key || ' ' || position from ops.rejects"))
                .isEqualTo("conflicting-duplicate warning b row 4");
        assertThat(
                        text(
                                "select seen - added - updated - unchanged - restored - rejected || ' ' || skipped from ops.runs"))
                .isEqualTo("0 1");
    }

    @Test
    void of_two_contents_the_newer_is_kept_and_the_next_walk_which_sees_both_changes_nothing() {
        Row older = new Row("a", "{\"name\":\"Old\"}", "2024-01-01T00:00:00Z");
        Row newer = new Row("a", "{\"name\":\"New\"}", "2024-02-01T00:00:00Z");
        for (String day : List.of("01", "02", "03")) {
            HarvestWalk walk = HarvestWalk.begin(source, "2025-01-" + day + "T00:00:00Z");
            walk.page(older);
            assertThat(walk.page(newer)).containsEntry("conflicts", 1L);
            walk.end();
            assertThat(text("select title from harvest.datasets")).isEqualTo("New");
        }
        assertThat(number("select count(*) from harvest.versions")).isZero();
        assertThat(texts("select change from harvest.changes")).containsExactly("added");
        // The newer one is taken back.
        walk("2025-01-04T00:00:00Z", older);
        walk("2025-01-05T00:00:00Z", older);
        assertThat(text("select title from harvest.datasets")).isEqualTo("Old");
        assertThat(number("select count(*) from harvest.versions")).isEqualTo(1);
    }

    @Test
    void a_record_that_cannot_be_mapped_is_rejected_and_the_others_of_its_page_are_not() {
        HarvestWalk walk = HarvestWalk.begin(source, "2025-01-01T00:00:00Z");
        walk.page(park("a", "Acre"), Row.of("b", "{\"since\":\"long ago\"}"), park("c", "Cape"));
        walk.end();
        assertThat(texts("select key from harvest.datasets order by key")).containsExactly("a", "c");
        assertThat(text("select key || ' ' || reason || ' ' || message from ops.rejects"))
                .isEqualTo("b unmappable invalid input syntax for type date: \"long ago\"");
        HarvestWalk next = HarvestWalk.begin(source, "2025-01-02T00:00:00Z");
        assertThat(next.page(
                        Row.of("a", "{\"since\":\"never\"}"),
                        Row.of("b", "{\"since\":\"2001-01-01\"}"),
                        park("c", "Coast")))
                .containsEntry("updated", 2L);
        next.end();
        assertThat(texts("select title from harvest.datasets order by key")).containsExactly("Acre", "null", "Coast");
        assertThat(text("select rejected from ops.runs where id = ?", next.run()))
                .isEqualTo("1");
        assertThat(text("select raw ->> 'name' from harvest.records where key = 'a'"))
                .isEqualTo("Acre");
    }

    @Test
    void what_was_rejected_before_it_came_here_was_seen() {
        walk("2025-01-01T00:00:00Z", park("a", "Acre"), park("b", "Bay"));
        HarvestWalk walk = HarvestWalk.begin(source, "2025-01-02T00:00:00Z");
        walk.page(
                List.of(park("a", "Acre")),
                "[{\"position\":\"page 1\",\"key\":\"b\",\"reason\":\"no-title\",\"message\":\"m\",\"record\":\"{}\"}]");
        assertThat(walk.count()).containsEntry("unseen", 0L);
        assertThat(text("select seen || ' ' || rejected from ops.runs where id = ?", walk.run()))
                .isEqualTo("2 1");
    }

    @Test
    void an_unchanged_walk_writes_a_tenth_of_the_log_of_the_first() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            rows.add(Row.of(
                    "https://parks.example/datasets/" + i,
                    "{\"name\":\"Park %d\",\"tags\":[\"%s\"],\"text\":\"%s\"}"
                            .formatted(
                                    i,
                                    HarvestWalk.hash("t" + i),
                                    HarvestWalk.hash("a" + i).repeat(10))));
        }
        long first = logOf("2025-01-01T00:00:00Z", rows);
        execute("checkpoint");
        long unchanged = logOf("2025-01-02T00:00:00Z", rows);
        LoggerFactory.getLogger(WalkStatementsTest.class)
                .info("WAL of the first walk {}, of the unchanged one {} bytes", first, unchanged);
        assertThat(texts("select added || ' ' || unchanged from ops.runs order by id"))
                .containsExactly("2000 0", "0 2000");
        assertThat(number("select count(*) from harvest.versions")).isZero();
        assertThat(number("select count(*) from harvest.records where xmin::text::bigint >= ("
                        + "select max(xmin::text::bigint) from harvest.sightings)"))
                .isZero();
    }

    private long logOf(String now, List<Row> rows) {
        String before = text("select pg_current_wal_lsn()");
        HarvestWalk walk = HarvestWalk.begin(source, now);
        for (int i = 0; i < rows.size(); i += 500) {
            walk.page(rows.subList(i, i + 500), "[]");
        }
        walk.end();
        return number("select (pg_current_wal_lsn() - '" + before + "'::pg_lsn)::bigint");
    }

    @Test
    void a_dry_run_says_what_a_page_would_do_and_does_nothing() {
        walk("2025-01-01T00:00:00Z", park("a", "Acre"), park("b", "Bay"));
        HarvestWalk dry = HarvestWalk.begin(source, "2025-01-02T00:00:00Z", "dry-run");
        byte[] records =
                "[{\"key\":\"a\",\"hash\":\"%s\"},{\"key\":\"b\",\"hash\":\"0\"},{\"key\":\"c\",\"hash\":\"0\"}]"
                        .formatted(HarvestWalk.hash(park("a", "Acre").raw()))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(dry.one("harvest/compare-page", "records", records))
                .isEqualTo(Map.of("added", 1L, "updated", 1L, "unchanged", 1L, "restored", 0L));
    }

    @Test
    void a_mapping_that_names_a_column_which_is_none_is_refused() {
        assertThatThrownBy(() -> HarvestWalk.kind("wrong", "select raw ->> 'x' as titel", "{}"))
                .hasStackTraceContaining("The mapping gives titel, which is no column of a dataset.");
    }

    @Test
    void changes_are_numbered_after_their_commit_without_gaps() {
        walk("2025-01-01T00:00:00Z", park("a", "Acre"), park("b", "Bay"));
        assertThat(publish()).isEqualTo(2L);
        assertThat(publish()).isEqualTo(0L);
        walk("2025-01-02T00:00:00Z", park("a", "Acres"), park("b", "Bay"));
        assertThat(publish()).isEqualTo(1L);
        assertThat(texts("select number || change from harvest.changes order by number"))
                .containsExactly("1added", "2added", "3changed");
    }

    private static Object publish() {
        return TestDatabase.get()
                .rows("harvest/publish-changes", Map.of())
                .get(0)
                .get("published");
    }

    /** A plan that the session made when portals were small holds all of a large one against all: it would take hours. */
    @Test
    @Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_portal_whose_keys_all_change_is_joined_page_by_page_also_by_a_session_that_knew_small_ones() {
        IntStream.range(0, 8).forEach(n -> changeKeys("small-" + n, 300));
        empty();
        changeKeys("small", 300);
        changeKeys("large", 2000);
        assertThat(number("select count(*) from harvest.renames where rule = 'platform-id'"))
                .isEqualTo(2300);
        assertThat(number("select count(*) from harvest.ambiguities")).isZero();
    }

    private static void changeKeys(String name, int parks) {
        long portal = HarvestWalk.source(name, "parks");
        HarvestWalk before = HarvestWalk.begin(portal, "2025-01-01T00:00:00Z");
        before.page(parks("old", parks), "[]");
        before.end();
        HarvestWalk after = HarvestWalk.begin(portal, "2025-01-02T00:00:00Z");
        after.page(parks("new", parks), "[]");
        after.end();
    }

    private static List<Row> parks(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> Row.of(
                        "%s-%04d".formatted(prefix, n),
                        "{\"name\":\"Park %d\",\"uid\":\"u-%c%d\"}".formatted(n, 'a' + n % 26, n)))
                .toList();
    }
}
