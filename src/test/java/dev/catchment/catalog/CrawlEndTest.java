package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.walk.Schedule;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Listing;
import dev.catchment.support.Orders;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An empty page is no end of the catalogue before something speaks for it, and nothing against it. */
class CrawlEndTest {
    private static final int CAP = 10_000;

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void an_empty_page_that_does_not_come_again_costs_nothing(int page) {
        emptyPages(page, 1);
        Map<String, Object> run = rig.crawl(Assets.lines(35));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 35, added 35");
        assertComplete(1, true);
    }

    @ParameterizedTest
    @CsvSource({"0, 35", "1, 10", "2, 20", "3, 30"})
    void an_empty_page_that_comes_again_before_the_announced_total_makes_the_run_partial(int page, int seen) {
        emptyPages(page, 2);
        Map<String, Object> run = rig.crawl(Assets.lines(35));
        assertThat(run).containsEntry("status", "partial").containsEntry("seen", page == 0 ? 0L : seen);
        assertThat((String) run.get("note")).contains("announced 35").contains("partial");
        assertComplete(1, false);
    }

    @Test
    void a_partial_run_is_due_gone_on_with_from_its_cursor_and_then_complete() throws Exception {
        emptyPages(2, 2);
        rig.crawl(Assets.lines(35));
        assertThat(schedule().isDue("us", lastRun())).isTrue();
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 15, added 15");
        assertThat(
                        texts(
                                "select status || ' ' || coalesce(resumes::text, '-') || ' ' || is_complete from ops.runs order by id"))
                .containsExactly("partial - false", "succeeded 1 true");
        assertThat(schedule().isDue("us", lastRun())).isFalse();
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
    }

    @Test
    void a_run_that_lacks_something_before_its_cursor_is_gone_on_with_in_vain_once_and_then_begun_anew() {
        rig.standIn().override(new Listing(35).hiding(17));
        assertThat(Stream.generate(() -> Counts.of(rig.crawl())).limit(4))
                .containsExactly(
                        "partial: seen 34, added 34",
                        "partial: ",
                        "partial: seen 34, unchanged 34",
                        "partial: seen 34, unchanged 34");
        rig.standIn().override(new Listing(35));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 35, added 1, unchanged 34");
        assertThat(number("select count(distinct begun_at) from ops.runs")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {35, 0, -3, CAP})
    void what_is_held_and_there_by_its_id_is_not_behind_the_end(long total) {
        rig.crawl(Assets.lines(35));
        rig.set("catalog.retire.max-percent", "100%")
                .standIn()
                .override(new Listing(35).announcing(total).endingAfter(20));
        Map<String, Object> run = rig.crawl();
        assertThat(Counts.of(run)).isEqualTo("partial: seen 20, unchanged 20");
        assertThat((String) run.get("note")).contains("nothing was retired");
        assertComplete(2, false);
        assertNothingRetired();
        rig.standIn().override(new Listing(35));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 15, unchanged 15");
        assertComplete(3, true);
    }

    @Test
    void what_is_held_beyond_the_end_and_gone_by_its_id_is_retired_without_a_total() {
        rig.crawl(Assets.lines(35));
        rig.set("catalog.retire.max-percent", "100%").standIn().override(new Listing(30).announcing(0));
        rig.standIn().forget();
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 30, unchanged 30, retired 5");
        assertThat(lookUps()).isEqualTo(2);
    }

    @Test
    void a_hundred_and_more_beyond_the_end_are_asked_for_by_a_sample() {
        rig.crawl(Assets.lines(600));
        rig.standIn().override(new Listing(600).announcing(0).endingAfter(50));
        rig.standIn().forget();
        assertThat((String) rig.crawl().get("note")).contains("of 92 datasets held beyond it, 92 are still there");
        assertThat(lookUps()).isEqualTo(1);
    }

    static Stream<Answer> answersThatProveNothing() {
        return Stream.of(
                Answer.json(404, "{\"error\":\"not found\"}"),
                Answer.json(500, "{\"error\":\"We're sorry.\"}"),
                Answer.json(200, "{\"results\":[]}"),
                Answer.json(200, "{\"results\":[" + Assets.asset(7) + "]}"),
                Answer.json(200, "{\"results\":[" + Assets.asset(20) + "," + Assets.asset(7) + "]}"),
                Answer.json(200, "{\"results\":[{}," + Assets.asset(20) + "]}"),
                Answer.html(200, "Please stand by"));
    }

    @ParameterizedTest
    @MethodSource("answersThatProveNothing")
    void a_look_up_that_proves_nothing_makes_the_run_partial(Answer answer) {
        rig.crawl(Assets.lines(35));
        rig.standIn().override(new Listing(35).announcing(0).endingAfter(20).answeringLookUps(answer));
        Map<String, Object> run = rig.crawl();
        assertThat(Counts.of(run)).isEqualTo("partial: seen 20, unchanged 20");
        assertThat((String) run.get("note")).contains("could not be verified");
        assertNothingRetired();
    }

    @Test
    void a_look_up_without_an_answer_makes_the_run_partial() {
        rig.crawl(Assets.lines(25));
        rig.set("http.timeout", "500ms").set("http.max-retries", "0");
        rig.standIn().override(new Listing(25).announcing(0).endingAfter(20));
        // Two pages and two empty ones, then the look-up.
        rig.standIn().next(Fault.NONE, Fault.NONE, Fault.NONE, Fault.NONE, Fault.HANG);
        Map<String, Object> run = rig.crawl();
        assertThat(run).containsEntry("status", "partial");
        assertThat((String) run.get("note")).contains("No answer in time");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 35})
    void an_empty_catalogue_where_something_is_held_is_partial(int total) {
        rig.crawl(Assets.lines(35));
        rig.standIn().override(new Listing(35).announcing(total).endingAfter(0));
        rig.standIn().forget();
        assertThat(Counts.of(rig.crawl())).isEqualTo("partial: ");
        assertThat(lookUps()).isZero();
        assertNothingRetired();
    }

    @Test
    void a_total_that_moves_a_little_while_records_come_and_go_ends_no_crawl_as_partial() {
        rig.standIn()
                .override(new Listing(350)
                        .announcing(
                                request -> request.parameter("scroll_id").get(0).isEmpty() ? 352 : 349));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 350, added 350");
        assertComplete(1, true);
    }

    @Test
    void a_total_that_falls_to_what_came_is_no_evidence() {
        rig.standIn()
                .override(new Listing(350)
                        .endingAfter(100)
                        .announcing(
                                request -> request.parameter("scroll_id").get(0).equals(Assets.id(100)) ? 100 : 350));
        assertThat(rig.crawl()).containsEntry("status", "partial");
    }

    @Test
    void less_than_a_total_at_its_cap_is_not_all() {
        rig.standIn().override(new Listing(350).announcing(CAP));
        Map<String, Object> run = rig.crawl();
        assertThat(run).containsEntry("status", "partial");
        assertThat((String) run.get("note")).contains("350 records came, and the API announced 10000");
    }

    @Test
    void a_resumed_crawl_counts_what_the_runs_before_it_read() {
        rig.standIn().next(Fault.NONE, Fault.NONE, Fault.UNSORTED);
        assertThat(rig.crawl(Assets.lines(35))).containsEntry("status", "failed");
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 15, added 15");
        assertComplete(2, true);
    }

    @Test
    void part_of_the_catalogue_is_not_measured_by_its_total() {
        rig.serve(Assets.lines(35));
        assertThat(Counts.of(rig.crawl(Orders.after(Assets.id(20))))).isEqualTo("succeeded: seen 15, added 15");
        assertThat(Counts.of(rig.crawl(Orders.limited(10)))).isEqualTo("succeeded: seen 10, added 10");
    }

    @Test
    void a_walk_by_time_that_ends_before_its_moment_and_its_total_is_partial() {
        emptyPages(1, 2);
        rig.serve(Assets.lines(35));
        Map<String, Object> run = rig.crawl(Orders.since("2001-01-01T00:00:00Z"));
        assertThat(Counts.of(run)).isEqualTo("partial: seen 10, added 10");
        assertThat(Counts.of(rig.crawl(Orders.since("2001-01-01T00:00:00Z"))))
                .isEqualTo("succeeded: seen 35, added 25, unchanged 10");
    }

    @Test
    void a_directory_and_a_dry_run_say_it_too() {
        for (WalkOrder order : List.of(Orders.directory(), Orders.dryRun())) {
            emptyPages(1, 2);
            assertThat(rig.serve(Assets.lines(35)).crawl(order)).containsEntry("status", "partial");
        }
    }

    @Test
    void the_proof_costs_one_request_where_nothing_is_held_beyond_the_end() {
        rig.crawl(Assets.lines(35));
        assertThat(rig.requests())
                .extracting(Request::query)
                .hasSize(6)
                .endsWith("scroll_id=" + Assets.id(35) + "&limit=10", "scroll_id=" + Assets.id(35) + "&limit=5");
    }

    /** So many empty answers after so many pages. */
    private void emptyPages(int after, int times) {
        rig.standIn()
                .next(Stream.concat(
                                Stream.generate(() -> Fault.NONE).limit(after),
                                Stream.generate(() -> Fault.EMPTY_PAGE).limit(times))
                        .toArray(Fault[]::new));
    }

    private long lookUps() {
        return rig.requests().stream()
                .filter(request -> request.query().startsWith("ids="))
                .count();
    }

    private static void assertComplete(int run, boolean isComplete) {
        assertThat(text("select is_complete from ops.runs where id = " + run)).isEqualTo(String.valueOf(isComplete));
    }

    private static void assertNothingRetired() {
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is not null"))
                .isZero();
    }

    private static Schedule schedule() {
        Schedule schedule = new Schedule("catalog", "crawl", "UTC", "when-due");
        schedule.getCrons().put("us", "0 0 0 1 1 ? 2099");
        return schedule;
    }

    private static List<Map<String, Object>> lastRun() throws Exception {
        return TestDatabase.get().rows("ops/find-last-run", schedule().lastWholeRun("us"));
    }
}
