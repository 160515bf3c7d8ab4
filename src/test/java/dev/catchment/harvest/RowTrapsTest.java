package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.dataset;
import static dev.catchment.support.HarvestRig.datasets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows without a key, and rows that a mapping makes none or two of. */
class RowTrapsTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    @Test
    void records_that_lose_their_keys_are_not_taken_for_gone() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + "retire: { after: 1, max-percent: 10%, at-least: 5 }\n");
        standIn.serve(datasets(30));
        rig.harvest();
        List<String> lines = new ArrayList<>(datasets(30));
        lines.set(8, dataset(9).replaceFirst("\"id\"", "\"lost\""));
        standIn.serve(lines);
        assertThat(rig.harvest()).containsEntry("status", "partial").containsEntry("retired", 0L);
        assertThat(rig.walk()).containsEntry("is_complete", false);
        assertThat((String) rig.walk().get("reason")).contains("1 rows came without a key that can be read");
        assertThat(rig.held()).hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"where key <> 'd-00007'", "from generate_series(1, case key when 'd-00007' then 2 else 1 end)"})
    @Timeout(60)
    void a_record_of_which_a_mapping_makes_none_or_two_is_a_reject_and_no_endless_loop(String tail) {
        KindStandIn standIn = rig.standIn(BY_OFFSET);
        rig.declare("made-up", HarvestRig.listed(BY_OFFSET), "select raw ->> 'name' as title " + tail);
        standIn.serve(datasets(30));
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
        assertThat(rig.held()).hasSize(29).doesNotContain("d-00007");
        assertThat(TestDatabase.texts("select key from ops.rejects where reason = 'unmappable'"))
                .containsExactly("d-00007");
    }
}
