package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlScrollTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void the_first_page_has_an_empty_scroll_id_for_without_it_it_comes_by_relevance() {
        rig.crawl(Assets.lines(25));
        assertThat(rig.requests())
                .extracting(Request::query)
                .containsExactly(
                        "scroll_id=&limit=10",
                        "scroll_id=" + Assets.id(10) + "&limit=10",
                        "scroll_id=" + Assets.id(20) + "&limit=10",
                        "scroll_id=" + Assets.id(25) + "&limit=10",
                        "scroll_id=" + Assets.id(25) + "&limit=5");
    }

    @Test
    void no_page_has_offset_or_order_which_the_api_refuses_beside_scroll_id() {
        rig.crawl(Assets.lines(25));
        assertThat(rig.requests()).allSatisfy(request -> {
            assertThat(request.parameter("offset")).isEmpty();
            assertThat(request.parameter("order")).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15})
    void the_end_is_an_empty_page_unless_result_set_size_says_more(int resultSetSize) {
        rig.standIn().override(request -> switch (request.parameter("scroll_id").get(0)) {
            case "" -> page(resultSetSize, Assets.lines(1, 10));
            case "2222-222c" -> page(resultSetSize, Assets.lines(11, 15));
            default -> page(resultSetSize, List.of());
        });
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 15, added 15");
        assertThat(rig.requests()).hasSize(4);
    }

    @Test
    void a_short_page_is_not_the_end() {
        rig.standIn().override(request -> switch (request.parameter("scroll_id").get(0)) {
            case "" -> page(13, Assets.lines(1, 3));
            case "2222-2225" -> page(13, Assets.lines(4, 13));
            default -> page(13, List.of());
        });
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 13, added 13");
    }

    @Test
    void an_unsorted_page_fails_the_run_and_retires_nothing() {
        rig.set("catalog.retire.max-percent", "100%").crawl(Assets.lines(35));
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        Map<String, Object> run = rig.crawl(Assets.lines(2, 34));
        assertThat(Counts.of(run)).isEqualTo("failed: seen 10, unchanged 10");
        assertThat((String) run.get("error")).contains("not in the order of its ids");
        assertThat(run).containsEntry("cursor", Assets.id(11));
        assertNothingRetired();
    }

    @Test
    void the_first_page_over_again_fails_the_run_and_retires_nothing() {
        rig.set("catalog.retire.max-percent", "100%").crawl(Assets.lines(35));
        rig.standIn().next(Fault.NONE, Fault.NOT_ADVANCING);
        Map<String, Object> run = rig.crawl(Assets.lines(2, 34));
        assertThat(Counts.of(run)).isEqualTo("failed: seen 10, unchanged 10");
        assertNothingRetired();
    }

    @Test
    void a_page_that_ends_where_it_began_fails_the_run() {
        rig.standIn().override(request -> page(10, List.of(Assets.asset(7).toString())));
        Map<String, Object> run = rig.crawl();
        assertThat(Counts.of(run)).isEqualTo("failed: seen 1, added 1");
        assertThat((String) run.get("error")).contains("does not advance");
        assertThat(rig.requests()).hasSize(2);
    }

    @Test
    void an_id_in_the_middle_that_is_none_does_not_disturb_the_order() {
        rig.serve(Assets.lines(0, -1));
        rig.standIn()
                .override(request -> request.parameter("scroll_id").get(0).isEmpty()
                        ? page(
                                3,
                                List.of(
                                        Assets.asset(1).toString(),
                                        Assets.asset(2).toString().replace(Assets.id(2), "0000-0000"),
                                        Assets.asset(3).toString()))
                        : page(3, List.of()));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 3, added 2, rejected 1");
    }

    @Test
    void an_empty_catalogue_is_a_complete_crawl_of_an_empty_page_asked_for_twice() {
        assertThat(Counts.of(rig.crawl(List.of()))).isEqualTo("succeeded: ");
        assertThat(text("select is_complete || coalesce(cursor, '-') from ops.runs"))
                .isEqualTo("true-");
        assertThat(number("select sum(records) from ops.requests")).isZero();
    }

    private static void assertNothingRetired() {
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is not null"))
                .isZero();
    }

    private static Optional<Answer> page(int resultSetSize, List<String> records) {
        return Optional.of(Answer.json(
                200, "{\"results\":[" + String.join(",", records) + "],\"resultSetSize\":" + resultSetSize + "}"));
    }
}
