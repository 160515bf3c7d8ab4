package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.dataset;
import static dev.catchment.support.HarvestRig.datasets;
import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Between two walks of everything a source is asked only for what changed, if its filter by time filters. */
class IncrementalWalkTest {
    private static final String KIND = """
            page: { by: offset, params: { from: start, size: rows }, size: 50, end: [empty-page, total] }
            total: /count
            since: { query: { changed_after: "{since}" }, overlap: 2h, full-every: 7d, probe: unfiltered-total }
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private static List<String> changed(String moment) {
        List<String> records = new ArrayList<>(datasets(30));
        records.set(0, dataset(1, "Another name").replaceFirst("2026-01-01T01:00:00Z", moment));
        return records;
    }

    private static Instant begun(String order) {
        return Instant.parse(text("select to_char(begun_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                + " from ops.runs order by id " + order + " limit 1"));
    }

    /** The moments that the source was asked to go back to. */
    private List<Instant> asked() {
        return rig.asked().stream()
                .filter(asked -> asked.contains("changed_after="))
                .map(asked -> Instant.parse(
                        asked.replaceAll(".*changed_after=([^&]+).*", "$1").replace("%3A", ":")))
                .toList();
    }

    private static void age(String days) {
        execute("update ops.runs set begun_at = begun_at - interval '%1$s', started_at = started_at - interval '%1$s'"
                .formatted(days));
        execute("update harvest.walks set begun_at = begun_at - interval '%s'".formatted(days));
    }

    @Test
    void after_a_complete_walk_only_what_changed_since_it_began_and_the_overlap_is_asked_for() {
        KindStandIn standIn = rig.standIn(KIND);
        standIn.serve(datasets(30));
        assertThat(rig.harvest()).containsEntry("mode", "full").containsEntry("added", 30L);
        assertThat(asked()).isEmpty();
        Instant first = begun("asc");
        standIn.serve(changed("2998-01-01T00:00:00Z")).forget();

        assertThat(rig.harvest())
                .containsEntry("mode", "since")
                .containsEntry("status", "succeeded")
                .containsEntry("seen", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("retired", 0L);
        List<Instant> asked = asked();
        assertThat(asked.get(0)).as("does it announce all since long ago?").isEqualTo(Instant.EPOCH);
        assertThat(asked.get(1)).as("and nothing that is yet to come?").isAfter(Instant.parse("2900-01-01T00:00:00Z"));
        Duration back = Duration.between(asked.get(2), first);
        assertThat(back).isBetween(Duration.ofHours(2), Duration.ofHours(2).plusSeconds(1));
        assertThat(number("select count(*) from harvest.datasets where title = 'Another name'"))
                .isEqualTo(1);
        assertThat(number("select count(*) from harvest.walks where is_complete"))
                .isEqualTo(1);
    }

    @Test
    void the_next_one_goes_back_to_the_beginning_of_the_last_and_retires_nothing() {
        KindStandIn standIn = rig.standIn(KIND);
        standIn.serve(datasets(30));
        rig.harvest();
        age("1 day");
        rig.harvest();
        standIn.serve(datasets(20)).forget();
        assertThat(rig.harvest()).containsEntry("mode", "since").containsEntry("retired", 0L);
        Instant second =
                Instant.parse(text("select to_char(begun_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from ops.runs order by id offset 1 limit 1"));
        assertThat(Duration.between(asked().get(2), second))
                .isBetween(Duration.ofHours(2), Duration.ofHours(2).plusSeconds(1));
        assertThat(rig.held()).hasSize(30);
    }

    @Test
    void a_portal_that_ignores_the_filter_is_walked_in_full_and_its_run_says_so() {
        KindStandIn standIn = rig.standIn(KIND);
        standIn.serve(datasets(30));
        rig.harvest();
        standIn.serve(changed("2026-01-01T01:00:00Z")).bend((request, answer) -> answer.put("count", 30));
        Map<String, Object> run = rig.harvest();
        assertThat(run)
                .containsEntry("status", "succeeded")
                .containsEntry("updated", 1L)
                .containsEntry("unchanged", 29L);
        assertThat((String) run.get("note")).contains("The filter by time does not filter, so everything was walked.");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void a_filter_that_is_refused_is_left_out(int status) {
        KindStandIn standIn = rig.standIn(KIND);
        standIn.serve(datasets(30));
        rig.harvest();
        standIn.serve(changed("2026-01-01T01:00:00Z"))
                .override(request -> request.query().contains("changed_after")
                        ? Optional.of(Answer.json(status, "{}"))
                        : Optional.empty());
        Map<String, Object> run = rig.harvest();
        assertThat(run).containsEntry("status", "succeeded").containsEntry("updated", 1L);
        assertThat((String) run.get("note")).contains("The filter by time was refused, so everything was walked.");
        assertThat(text("select health from harvest.sources")).isEqualTo("ok");
    }

    @Test
    void a_filter_that_finds_nothing_for_ever_is_not_believed_either() {
        KindStandIn standIn = rig.standIn(KIND);
        standIn.serve(datasets(30));
        rig.harvest();
        standIn.override(request -> request.query().contains("changed_after")
                ? Optional.of(Answer.json(200, "{\"items\":[],\"count\":0}"))
                : Optional.empty());
        assertThat(rig.harvest()).containsEntry("unchanged", 30L);
    }

    @Test
    void every_so_often_everything_is_walked_all_the_same() {
        rig.standIn(KIND).serve(datasets(30));
        rig.harvest();
        age("6 days");
        assertThat(rig.harvest()).containsEntry("mode", "since");
        age("2 days");
        assertThat(rig.harvest()).containsEntry("mode", "full").containsEntry("unchanged", 30L);
        assertThat(rig.harvest()).containsEntry("mode", "since");
    }

    @Test
    void a_walk_from_the_beginning_is_one_of_everything() {
        rig.standIn(KIND).serve(datasets(30));
        rig.harvest();
        assertThat(rig.harvest(HarvestRig.SOURCE, true))
                .containsEntry("mode", "full")
                .containsEntry("unchanged", 30L);
    }
}
