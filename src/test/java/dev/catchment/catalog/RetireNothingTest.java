package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetireNothingTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @AfterEach
    void nothing_was_retired() {
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is not null"))
                .isZero();
        assertThat(number("select sum(retired) from ops.runs")).isZero();
    }

    @Test
    void when_more_is_missing_than_the_highest_share() {
        rig.crawl(Assets.lines(20));
        Map<String, Object> run = rig.crawl(Assets.lines(1, 17));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 17, unchanged 17");
        assertThat((String) run.get("note"))
                .contains("Nothing was retired")
                .contains("3 of 20")
                .contains("catalog.retire.max-percent");
        assertThat(lookUps()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10%", "100%"})
    void when_the_first_page_is_empty(String maxPercent) {
        rig.set("catalog.retire.max-percent", maxPercent).crawl(Assets.lines(20));
        Map<String, Object> run = rig.crawl(List.of());
        assertThat(run).containsEntry("status", "partial").containsEntry("seen", 0L);
        assertThat((String) run.get("note")).contains("nothing was retired");
        assertThat(lookUps()).isZero();
    }

    @Test
    void when_half_of_the_catalogue_answers() {
        rig.crawl(Assets.lines(40));
        assertThat((String) rig.crawl(Assets.lines(1, 20)).get("note")).contains("Nothing was retired");
    }

    @Test
    void when_the_look_up_still_returns_it() {
        rig.crawl(Assets.lines(20));
        lookUpAnswers(Answer.json(200, "{\"results\":[" + Assets.asset(1) + "," + Assets.asset(20) + "]}"));
        assertThat(Counts.of(rig.crawl(Assets.lines(1, 19)))).isEqualTo("succeeded: seen 19, unchanged 19");
        assertThat(lookUps()).isEqualTo(1);
    }

    @Test
    void when_the_look_up_does_not_return_the_control() {
        rig.crawl(Assets.lines(20));
        lookUpAnswers(Answer.json(200, "{\"results\":[]}"));
        Map<String, Object> run = rig.crawl(Assets.lines(1, 19));
        assertThat(run).containsEntry("status", "succeeded");
        assertThat((String) run.get("note"))
                .contains("1 candidates were not retired")
                .contains(Assets.id(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500})
    void when_the_look_up_fails_and_the_run_succeeds_with_a_note(int status) {
        rig.crawl(Assets.lines(20));
        lookUpAnswers(Answer.json(status, "{\"error\":\"no\"}"));
        Map<String, Object> run = rig.crawl(Assets.lines(1, 19));
        assertThat(run).containsEntry("status", "succeeded").containsEntry("error", null);
        assertThat((String) run.get("note")).contains("could not be proven").contains("HTTP " + status);
        assertThat(lookUps()).isEqualTo(status < 429 ? 1 : 3);
    }

    @Test
    void when_the_look_up_is_half_an_answer() {
        rig.crawl(Assets.lines(20));
        rig.standIn().next(Fault.NONE, Fault.NONE, Fault.NONE, Fault.NONE, Fault.TRUNCATED, Fault.HTML, Fault.EMPTY);
        assertThat((String) rig.crawl(Assets.lines(1, 19)).get("note")).contains("could not be proven");
        assertThat(lookUps()).isEqualTo(3);
    }

    @Test
    void when_the_crawl_was_gone_on_with_after_too_long_a_time() {
        rig.crawl(Assets.lines(40));
        execute("update catalog.dataset_sightings set seen_at = seen_at - interval '10 days'");
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        rig.crawl(Assets.lines(1, 39));
        execute("update ops.runs set begun_at = begun_at - interval '3 days'");
        Map<String, Object> run = rig.crawl();
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 29, unchanged 29");
        assertThat((String) run.get("note")).contains("Nothing was retired").contains("catalog.retire.max-age");
        assertThat(lookUps()).isZero();
    }

    @Test
    void when_a_page_failed() {
        rig.crawl(Assets.lines(40));
        rig.standIn().next(Fault.NONE, Fault.NONE, Fault.UNSORTED);
        assertThat(rig.crawl(Assets.lines(1, 39))).containsEntry("status", "failed");
        assertThat(lookUps()).isZero();
    }

    private long lookUps() {
        return rig.requests().stream()
                .map(Request::query)
                .filter(query -> query.startsWith("ids="))
                .count();
    }

    private void lookUpAnswers(Answer answer) {
        rig.standIn().override(request -> request.query().startsWith("ids=") ? Optional.of(answer) : Optional.empty());
    }
}
