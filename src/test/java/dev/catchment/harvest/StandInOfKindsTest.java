package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind that ships, walked against the stand-in that is made of its declaration. */
class StandInOfKindsTest {
    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    static Stream<String> kinds() {
        return DemoRecords.kinds().stream();
    }

    @Test
    void each_kind_that_the_harvest_writes_has_made_up_records() {
        Stream<String> ours = new Kinds("")
                .all().values().stream()
                        .filter(kind -> kind.kind().room() == null)
                        .map(Kinds.Declared::name);
        assertThat(DemoRecords.kinds()).containsExactlyInAnyOrderElementsOf(ours.toList());
    }

    @Test
    void sources_of_a_kind_that_is_one_host_take_turns_of_that_host() {
        Kind kind = new Kinds("").get("arcgis-hub").kind();
        rig.shipped(kind).serve(DemoRecords.of("arcgis-hub"));
        TestDatabase.execute("insert into harvest.sources (name, kind, url, host, options) select 'second', kind, '"
                + rig.url(2) + "', '127.0.0.2', options from harvest.sources");
        rig.harvest(SOURCE);
        assertThat(rig.harvest("second")).containsEntry("status", "succeeded").containsEntry("added", 36L);
        assertThat(TestDatabase.texts("select host from ops.hosts")).containsExactly("hub.arcgis.com");
        assertThat(TestDatabase.texts("select distinct host from harvest.sources"))
                .containsExactly("hub.arcgis.com");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void its_stand_in_is_walked_to_the_end_with_everything_that_was_said(String name) {
        Kind kind = new Kinds("").get(name).kind();
        KindStandIn standIn = rig.shipped(kind);
        standIn.serve(DemoRecords.of(name)).cap(8);
        standIn.next(Fault.BROKEN);
        Map<String, Object> summary = rig.harvest(SOURCE);
        assertThat(summary).containsEntry("status", "succeeded").containsEntry("added", 36L);
        assertThat(rig.walk()).containsEntry("is_complete", true).containsEntry("rows", 36L);
        assertThat(
                        TestDatabase.rows(
                                "select title, publisher, keywords[1] as keyword from harvest.datasets where title like 'Bus stops, Green%'"))
                .containsExactly(Map.of(
                        "title", "Bus stops, Green Valley", "publisher", "Council of Green Valley", "keyword", "bus"));
        assertThat(
                        TestDatabase.number(
                                "select count(*) from harvest.datasets where description is null or issued_at is null or modified_at is null"))
                .isZero();
        standIn.serve(DemoRecords.of(name).subList(0, 35));
        assertThat(rig.harvest(SOURCE, true))
                .containsEntry("status", "succeeded")
                .containsEntry("unchanged", 35L);
        // A landing page is on a host that nobody knows: what cannot be asked for stays.
        boolean isOnePage = kind.gone() != null && kind.gone().landing() != null;
        assertThat(rig.harvest(SOURCE, true)).containsEntry("retired", isOnePage ? 0L : 1L);
    }
}
