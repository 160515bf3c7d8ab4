package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.support.Assets;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetirementNoteTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void a_refused_retirement_is_told_in_the_log_in_the_note_and_by_verify() {
        rig.crawl(Assets.lines(20));
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            Map<String, Object> run = rig.crawl(Assets.lines(10));
            String note = "Nothing was retired: 10 of 20 held datasets are missing,"
                    + " more than catalog.retire.max-percent=10%.";
            assertThat(run).containsEntry("status", "succeeded").containsEntry("note", note);
            assertThat(log.ours(Level.WARN)).containsExactly(note + " scope=catalog/crawl/us");
        }
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of()))
                .hasSize(10)
                .allSatisfy(difference -> assertThat(difference)
                        .containsEntry("difference", "held but not seen")
                        .hasEntrySatisfying(
                                "detail",
                                detail -> assertThat((String) detail)
                                        .matches(".* was not in the crawl that began at 20..-..-..T..:..:..Z")));
    }
}
