package dev.catchment.harvest;

import static dev.catchment.harvest.Parks.park;
import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.HarvestWalk;
import dev.catchment.support.HarvestWalk.Row;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Identity, retirement and history of datasets, told by the statements alone. */
class PastStatementsTest {
    private static final String CAUSES = "select cause from harvest.versions order by id";
    private static final String RULES = "{normal-key,platform-id,service-urls,title-issued}";

    @RegisterExtension
    final Parks parks = new Parks();

    private static String id(String key) {
        return text("select id from harvest.datasets where key = ?", key);
    }

    @Test
    void a_dataset_whose_key_changes_keeps_its_id_and_its_history() {
        parks.walk(1, park("http://parks.example/a", "Acre"), park("b", "Bay", "u-1"), park("c", "Cape"));
        String acre = id("http://parks.example/a");
        String bay = id("b");
        parks.walk(2, park("https://parks.example/a/", "Acre"), park("bb", "Bay", "u-1"), park("c", "Cape"));
        assertThat(id("https://parks.example/a/")).isEqualTo(acre);
        assertThat(id("bb")).isEqualTo(bay);
        assertThat(texts("select old_key || ' ' || new_key || ' ' || rule from harvest.renames order by id"))
                .containsExactlyInAnyOrder(
                        "b bb platform-id", "http://parks.example/a https://parks.example/a/ normal-key");
        assertThat(texts(CAUSES)).containsExactly("renamed", "renamed");
        assertThat(number("select count(*) from harvest.records")).isEqualTo(3);
        assertThat(texts("select change from harvest.changes order by id"))
                .containsExactly("added", "added", "added", "renamed", "renamed");
    }

    /** It may have been deleted since a walk of what changed brought it. */
    @Test
    void what_waits_for_a_complete_walk_that_does_not_see_it_goes_on_waiting() {
        parks.walk(1, park("a", "Acre", "u-1"), park("c", "Cape"));
        HarvestWalk since = parks.beginOther(2);
        since.page(park("aa", "Acre", "u-1"));
        since.settle(false);
        since.close("succeeded", false);
        assertThat(number("select count(*) from harvest.records where waiting_run_id is not null"))
                .isEqualTo(1);
        parks.walk(3, park("a", "Acre", "u-1"), park("c", "Cape"));
        assertThat(Parks.datasets()).containsExactly("a Acre", "c Cape");
        parks.walk(4, park("aa", "Acre", "u-1"), park("c", "Cape"));
        assertThat(Parks.datasets()).containsExactly("aa Acre", "c Cape");
        assertThat(texts("select change from harvest.changes order by id"))
                .containsExactly("added", "added", "renamed");
    }

    @Test
    void what_is_not_one_on_either_side_or_has_another_platform_id_stays_apart() {
        String one = "0123456789abcdef0123456789abcdef";
        String other = "f123456789abcdef0123456789abcdef";
        parks.walk(1, park("a", "Acre"), issued("d1", "Dam", "x"), issued("d2", "Dam", "y"), issued("e", "Elm", one));
        parks.walk(2, park("a", "Acre"), issued("d3", "Dam", "z"), issued("f", "Elm", other));
        assertThat(number("select count(*) from harvest.renames")).isZero();
        assertThat(
                        texts(
                                "select rule || ' ' || value || ' ' || old_keys::text || new_keys::text from harvest.ambiguities"))
                .containsExactly("title-issued dam 2001-01-01 {d1,d2}{d3}");
        assertThat(number("select count(*) from harvest.datasets")).isEqualTo(6);
    }

    private static Row issued(String key, String name, String uid) {
        return Row.of(key, "{\"name\":\"%s\",\"uid\":\"%s\",\"since\":\"2001-01-01\"}".formatted(name, uid));
    }

    @Test
    void a_rename_is_undone_and_not_done_again() {
        parks.walk(1, park("a", "Acre", "u-1"), park("c", "Cape"));
        String acre = id("a");
        parks.walk(2, park("aa", "Acre", "u-1"), park("c", "Cape"));
        HarvestWalk undo = parks.beginOther(3);
        assertThat(undo.one("harvest/undo-rename", "rename", number("select id from harvest.renames")))
                .containsEntry("undone", 1L);
        undo.settle(true);
        undo.close("succeeded", false);
        assertThat(id("a")).isEqualTo(acre);
        assertThat(id("aa")).isNotEqualTo(acre);
        parks.walk(4, park("aa", "Acre", "u-1"), park("c", "Cape"));
        parks.walk(5, park("aa", "Acre", "u-1"), park("c", "Cape"));
        assertThat(Parks.datasets()).containsExactly("a Acre retired", "aa Acre", "c Cape");
    }

    @Test
    void what_two_complete_walks_did_not_see_is_retired_and_restored_with_its_history() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"));
        String bay = id("b");
        parks.walk(2, park("a", "Acre"));
        assertThat(Parks.datasets()).containsExactly("a Acre", "b Bay");
        parks.begin(3).end(false, 2);
        assertThat(number("select missed from harvest.records where key = 'b'")).isEqualTo(1);
        parks.walk(4, park("a", "Acre"));
        assertThat(Parks.datasets()).containsExactly("a Acre", "b Bay retired");
        parks.walk(5, park("a", "Acre"), park("b", "Bay"));
        assertThat(Parks.datasets()).containsExactly("a Acre", "b Bay");
        assertThat(id("b")).isEqualTo(bay);
        assertThat(texts(CAUSES)).containsExactly("retired", "restored");
        assertThat(texts("select was_retired from harvest.versions order by id"))
                .containsExactly("false", "true");
    }

    @Test
    void what_goes_and_returns_is_flapping_and_retires_nothing() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"));
        parks.walk(2, park("a", "Acre"));
        HarvestWalk third = parks.begin(3);
        third.page(park("a", "Acre"), park("b", "Bay"));
        assertThat(third.one("harvest/count-retire-candidates", "after", 2))
                .containsEntry("flapping", 1L)
                .containsEntry("candidates", 0L);
        third.end();
        parks.walk(4, park("a", "Acre"));
        parks.walk(5, park("a", "Acre"), park("b", "Bay"));
        assertThat(number("select count(*) from harvest.versions")).isZero();
    }

    @Test
    void what_was_held_back_is_confirmed_or_dismissed() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"), park("c", "Cape"));
        heldBack(2);
        heldBack(3);
        assertThat(texts("select coalesce(decision, 'open') from harvest.retirements order by id"))
                .containsExactly("open");
        HarvestWalk dismiss = parks.beginOther(4);
        assertThat(dismiss.one("harvest/close-retirement", "is_confirmed", false))
                .containsEntry("retired", 0L);
        dismiss.close("succeeded", false);
        assertThat(number("select max(missed) from harvest.records")).isZero();
        heldBack(5);
        HarvestWalk confirm = parks.beginOther(6);
        assertThat(confirm.one("harvest/close-retirement", "is_confirmed", true))
                .containsEntry("retired", 2L)
                .containsEntry("kept", 0L);
        confirm.close("succeeded", false);
        assertThat(Parks.datasets()).containsExactly("a Acre", "b Bay retired", "c Cape retired");
    }

    @Test
    void walks_of_an_emptied_portal_keep_one_retirement_open_and_touch_it_only_if_what_it_holds_changed() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"), park("c", "Cape"), park("d", "Dale"));
        assertThat(heldBack(2, "c", "d")).isNotNull();
        String first = text("select r::text || xmin from harvest.retirements r");
        assertThat(heldBack(3, "c", "d")).isNull();
        assertThat(text("select r::text || xmin from harvest.retirements r")).isEqualTo(first);
        assertThat(heldBack(4, "b", "c", "d")).isNotNull();
        assertThat(texts("select keys from harvest.retirements")).containsExactly("{b,c,d}");
        // What only the last walk missed was seen after the retirement was opened, and is gone all the same.
        HarvestWalk confirm = parks.beginOther(5);
        assertThat(confirm.one("harvest/close-retirement", "is_confirmed", true))
                .containsEntry("retired", 3L)
                .containsEntry("kept", 0L);
        confirm.close("succeeded", false);
        assertThat(Parks.datasets()).containsExactly("a Acre", "b Bay retired", "c Cape retired", "d Dale retired");
    }

    private void heldBack(int day) {
        heldBack(day, "b", "c");
    }

    /** A walk that sees all but some, and holds their retirement back. */
    private Map<String, Object> heldBack(int day, String... missing) {
        HarvestWalk walk = parks.begin(day);
        List<String> gone = List.of(missing);
        walk.page(texts("select key from harvest.datasets where retired_at is null order by key").stream()
                .filter(key -> !gone.contains(key))
                .map(key -> park(key, text("select title from harvest.datasets where key = ?", key)))
                .toArray(Row[]::new));
        walk.one("harvest/count-retire-candidates", "after", 1);
        List<String> keys = walk.all("harvest/list-retire-candidates", "after", 1).stream()
                .map(row -> "\"" + row.get("key") + "\"")
                .toList();
        Map<String, Object> open =
                walk.one("harvest/upsert-retirement", "keys", keys.toString(), "held", 4L, "reason", "too many");
        walk.close(true, walk.count());
        return open;
    }

    @Test
    void the_datasets_of_any_moment_are_to_be_had() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"));
        parks.walk(3, park("a", "Acres"));
        parks.walk(5, park("a", "Acres"));
        assertThat(at("2025-01-01T12:00:00Z")).containsExactly("a Acre", "b Bay");
        assertThat(at("2025-01-03T12:00:00Z")).containsExactly("a Acres", "b Bay");
        assertThat(at("2025-01-06T00:00:00Z")).containsExactly("a Acres");
        assertThat(at("2024-12-31T00:00:00Z")).isEmpty();
        assertThat(texts("select change || changes from harvest.run_changes order by run_id, change"))
                .containsExactly("added2", "changed1", "retired1");
        assertThat(texts("select field from harvest.field_changes")).containsExactly("title");
    }

    private static List<String> at(String moment) {
        return texts("select key || ' ' || title from harvest.datasets_at(?::timestamptz) order by key", moment);
    }

    @Test
    void a_changed_mapping_is_replayed_as_technical_versions_that_no_feed_shows() {
        parks.walk(1, park("a", "Acre", "u-1"), Row.of("b", "{\"since\":\"long ago\"}"));
        HarvestWalk.kind("parks", "select upper(raw ->> 'name') as title", WalkStatementsTest.DECLARATION);
        HarvestWalk remap = parks.beginOther(2);
        Map<String, Object> done = null;
        String after = null;
        do {
            done = remap.one("harvest/remap-datasets", "after_key", after, "most", 1);
            after = (String) done.get("last_key");
        } while (after != null);
        remap.settle(true);
        remap.close("succeeded", false);
        assertThat(texts("select coalesce(title, '-') from harvest.datasets order by key"))
                .containsExactly("ACRE", "-");
        assertThat(texts(CAUSES)).containsExactly("mapped");
        assertThat(texts("select change from harvest.changes")).containsExactly("added", "added");
        assertThat(text("select (last_changed_at at time zone 'UTC')::date from harvest.datasets where key = 'a'"))
                .isEqualTo("2025-01-01");
    }

    @Test
    void a_plan_says_what_it_would_do_and_does_exactly_that_or_is_refused() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay", "u-1"), park("c", "Cape"), park("d", "Dam"));
        Row[] rows = {park("a", "Acres"), park("bb", "Bay", "u-1"), park("d", "Dam"), park("e", "Elm")};
        Map<String, Object> refused = plan(2, rows);
        parks.walk(3, park("a", "Other"), park("b", "Bay", "u-1"), park("c", "Cape"), park("d", "Dam"));
        HarvestWalk late = parks.beginOther(4);
        assertThat(apply(late, refused)).containsEntry("is_refused", true);
        late.close("succeeded", false);
        assertThat(Parks.datasets()).containsExactly("a Other", "b Bay", "c Cape", "d Dam");

        Map<String, Object> plan = plan(5, rows);
        assertThat(texts("select count(*) from harvest.versions")).containsExactly("1");
        HarvestWalk walk = parks.begin(6);
        assertThat(apply(walk, plan)).containsEntry("added", 2L).containsEntry("updated", 1L);
        assertThat(walk.one("harvest/apply-plan", "plan", plan.get("plan"), "after_place", 4L, "most", 100))
                .containsEntry("last_place", null);
        walk.end(true, 1);
        assertThat(Parks.datasets()).containsExactly("a Acres", "bb Bay", "c Cape retired", "d Dam", "e Elm");
    }

    private static Map<String, Object> apply(HarvestWalk walk, Map<String, Object> plan) {
        return walk.one("harvest/apply-plan", "plan", plan.get("plan"), "after_place", null, "most", 100);
    }

    private Map<String, Object> plan(int day, Row... rows) {
        HarvestWalk walk = parks.begin(day, "plan");
        Map<String, Object> plan = walk.one("harvest/insert-plan");
        walk.planned(plan.get("plan"), rows);
        List<Map<String, Object>> said = TestDatabase.get()
                .rows(
                        "harvest/describe-plan",
                        Map.of("plan", plan.get("plan"), "rules", RULES, "after", 1, "samples", 2));
        walk.close("succeeded", false);
        List<String> lines = new ArrayList<>();
        said.forEach(row -> lines.add(row.get("change") + " " + row.get("datasets") + " " + row.get("samples")));
        assertThat(lines)
                .containsExactly(
                        "added 1 [{\"key\": \"e\", \"title\": \"Elm\"}]",
                        "changed 1 [{\"key\": \"a\", \"title\": \"%s\"}]".formatted(day == 2 ? "Acre" : "Other"),
                        "renamed 1 [{\"key\": \"b\", \"title\": \"Bay\", \"new_key\": \"bb\"}]",
                        "retired 1 [{\"key\": \"c\", \"title\": \"Cape\"}]");
        assertThat(said.get(0).get("hash")).asString().hasSize(64);
        return plan;
    }

    @Test
    void copies_are_linked_with_the_key_that_says_so_and_counted_once() {
        parks.walk(1, park("a", "Acre", "abcd-2345"), park("b", "Bay"));
        parks.moveTo("copies.example");
        parks.walk(1, park("x", "Acre of theirs", "abcd-2345"), park("y", "Yard"));
        assertThat(TestDatabase.get().rows("harvest/find-copies", Map.of()).toString())
                .isEqualTo("[{rule=4x4, found=1, lost=0}]");
        assertThat(text("select rule || ' ' || value from harvest.copies")).isEqualTo("4x4 abcd-2345");
        assertThat(number("select count(*) from harvest.distinct_datasets")).isEqualTo(3);
        parks.walk(2, park("x", "Acre of theirs", "zzzz-9999"), park("y", "Yard"));
        assertThat(TestDatabase.get().rows("harvest/find-copies", Map.of()).toString())
                .isEqualTo("[{rule=4x4, found=0, lost=1}]");
    }

    @Test
    void an_incomplete_walk_leaves_waiting_what_may_be_a_known_one() {
        parks.walk(1, park("a", "Acre", "u-1"), park("b", "Bay"));
        HarvestWalk walk = parks.begin(2);
        walk.page(park("aa", "Acre", "u-1"), park("e", "Elm"));
        walk.end(false, 2);
        assertThat(Parks.datasets()).containsExactly("a Acre", "b Bay", "e Elm");
        assertThat(texts("select key from harvest.records where dataset_id is null"))
                .containsExactly("aa");
        parks.walk(3, park("aa", "Acre", "u-1"), park("b", "Bay"), park("e", "Elm"));
        assertThat(Parks.datasets()).containsExactly("aa Acre", "b Bay", "e Elm");
    }

    @Test
    void a_wrong_state_is_found_by_name() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"), park("c", "Cape"));
        parks.walk(2, park("a", "Acres"), park("b", "Bay"), park("c", "Cape"));
        execute("update harvest.datasets set title = 'forged' where key = 'b'");
        execute("update harvest.versions set valid_to = valid_to - interval '1 hour'");
        execute("delete from harvest.sightings where key = 'c'");
        assertThat(TestDatabase.get().rows("harvest/verify-harvest", Map.of()))
                .extracting(row -> row.get("difference") + " " + row.get("key"))
                .containsExactly("another than a fresh mapping b", "held but not seen c", "versions with a gap a");
        parks.empty();
        parks.walk(1, park("a", "Acre"));
    }
}
