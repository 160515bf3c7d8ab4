package dev.catchment.harvest;

import static dev.catchment.harvest.Parks.park;
import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.HarvestWalk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run that is taken back, told by the statements alone. */
class UndoStatementsTest {
    @RegisterExtension
    final Parks parks = new Parks();

    @Test
    void an_undone_run_leaves_what_was_before_it() {
        parks.walk(1, park("a", "Acre"), park("b", "Bay", "u-1"), park("c", "Cape"), park("d", "Dam"));
        parks.walk(2, park("a", "Acre"), park("b", "Bay", "u-1"), park("c", "Cape"));
        List<String> before = contents();
        HarvestWalk wrong =
                parks.walk(3, park("a", "Wrong"), park("bb", "Bay", "u-1"), park("c", "Cape"), park("e", "Elm"));
        assertThat(Parks.datasets()).containsExactly("a Wrong", "bb Bay", "c Cape", "d Dam retired", "e Elm");
        HarvestWalk undo = parks.beginOther(4);
        assertThat(undo.one("harvest/undo-run", "undone", wrong.run()))
                .containsEntry("changed", 2L)
                .containsEntry("retired", 1L)
                .containsEntry("renamed", 1L)
                .containsEntry("standing", null);
        undo.settle(true);
        undo.close("succeeded", false);
        assertThat(contents()).isEqualTo(before);
        assertThat(texts("select raw ->> 'name' from harvest.records where key in ('a', 'b') order by key"))
                .containsExactly("Acre", "Bay");
        HarvestWalk again = parks.beginOther(5);
        assertThat(again.one("harvest/undo-run", "undone", wrong.run()))
                .containsEntry("standing", String.valueOf(undo.run()));
        again.close("succeeded", false);
    }

    /** What is not retired, and not the record that the undone run renamed something to. */
    private static List<String> contents() {
        return texts("select key || ' ' || harvest.state_of(harvest.mapping_of(d)) from harvest.datasets d"
                + " where retired_at is null and key <> 'bb' order by key");
    }

    @Test
    void a_run_that_others_stand_on_is_not_undone_and_they_are_named() {
        parks.walk(1, park("a", "Acre"));
        HarvestWalk second = parks.walk(2, park("a", "Acres"));
        HarvestWalk third = parks.walk(3, park("a", "Acreage"));
        HarvestWalk undo = parks.beginOther(4);
        assertThat(undo.one("harvest/undo-run", "undone", second.run()))
                .containsEntry("changed", 0L)
                .containsEntry("standing", String.valueOf(third.run()));
        undo.close("succeeded", false);
        assertThat(Parks.datasets()).containsExactly("a Acreage");
    }

    @Test
    void a_run_whose_past_states_are_deleted_is_not_undone() {
        parks.walk(1, park("a", "Acre"));
        HarvestWalk second = parks.walk(2, park("a", "Acres"), park("b", "Bay"));
        execute("delete from harvest.versions where run_id = " + second.run());
        HarvestWalk undo = parks.beginOther(3);
        assertThat(undo.one("harvest/undo-run", "undone", second.run()))
                .containsEntry("is_forgotten", true)
                .containsEntry("retired", 0L);
        undo.close("failed", false);
        assertThat(Parks.datasets()).containsExactly("a Acres", "b Bay");
    }
}
