package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks over the very bytes that portals sent. */
class RecordedWalksTest {
    private static final Path DATA = Path.of("../shared/data/portals");

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    @BeforeEach
    void recordings() {
        assumeTrue(Files.exists(DATA), "the recorded portals are not on this machine: " + DATA);
    }

    private static byte[] bytes(Path file) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KindStandIn standIn(String name) {
        Kind kind = new Kinds("").get(name).kind();
        return rig.shipped(kind);
    }

    @Test
    void re3data_has_one_conflict_and_is_not_complete_without_saying_so() {
        KindStandIn standIn = standIn("jsonapi-re3data");
        standIn.override(request -> Optional.of(Answer.json(
                200,
                bytes(DATA.resolve("datacite-re3data/page-%s.json.gz"
                        .formatted(Math.min(
                                3,
                                Integer.parseInt(
                                        request.parameter("page[number]").get(0)))))))));
        Map<String, Object> summary = rig.harvest(SOURCE);
        assertThat(summary).containsEntry("status", "partial");
        assertThat(rig.walk())
                .containsEntry("rows", 1997L)
                .containsEntry("keys", 1996L)
                .containsEntry("conflicts", 1L)
                .containsEntry("first_total", 1997L)
                .containsEntry("is_complete", false);
        assertThat((String) summary.get("note")).contains("1,997 rows came with 1,996 keys");
        assertThat(TestDatabase.number("select count(*) from ops.rejects where reason = 'conflicting-duplicate'"))
                .isEqualTo(1);
        assertThat(rig.held()).hasSize(1996);
        assertThat(standIn.requests())
                .hasSizeLessThanOrEqualTo(4)
                .noneMatch(request -> request.path().contains("repositories"));
    }

    @Test
    void energy_flaps_and_retires_nothing() throws IOException {
        KindStandIn standIn = standIn("dcat-us");
        List<Path> versions;
        try (Stream<Path> files = Files.list(DATA.resolve("dcat-us/energy"))) {
            versions = files.sorted().toList();
        }
        assertThat(versions).hasSize(9);
        for (Path version : versions) {
            standIn.override(request -> Optional.of(Answer.json(200, bytes(version))));
            assertThat(rig.harvest(SOURCE)).containsEntry("status", "succeeded").containsEntry("retired", 0L);
        }
        assertThat(TestDatabase.texts("select distinct rows from harvest.walks order by 1"))
                .contains("480", "482");
        assertThat(TestDatabase.number("select count(*) from harvest.datasets where retired_at is not null"))
                .isZero();
        assertThat(TestDatabase.text("select health from harvest.sources")).isEqualTo("flapping");
    }

    @Test
    void state_gave_html_and_fails_with_that() {
        KindStandIn standIn = standIn("dcat-us");
        standIn.override(request ->
                Optional.of(Answer.json(200, bytes(DATA.resolve("dcat-us/state/01_2025-01-31T023319.json.gz")))));
        Map<String, Object> summary = rig.harvest(SOURCE);
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("not JSON");
        assertThat(TestDatabase.text("select health from harvest.sources")).isEqualTo("failing");
        assertThat(rig.held()).isEmpty();
    }
}
