package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.HarvestRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mapping that PostgreSQL refuses is told with its file, its line and what is wrong, and without the statement around it. */
class MappingMistakeTest {
    private static final String KIND = "page: { by: offset, params: { from: start, size: rows }, end: [empty-page] }\n";

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private String error(String mapping) {
        rig.declare("made-up", HarvestRig.listed(KIND), mapping);
        rig.standIn("made-up", HarvestRig.listed(KIND)).serve(HarvestRig.datasets(3));
        return (String) rig.harvest().get("error");
    }

    @Test
    void what_does_not_parse_is_told_with_file_and_line() {
        assertThat(error("select raw ->> 'name' as title,\n  rwa ->> 'notes' as description"))
                .isEqualTo(
                        "made-up.sql:2: column \"rwa\" does not exist. Correct it: 'catchment kinds check' says whether it can be used.");
        assertThat(text("select health_reason from harvest.sources"))
                .startsWith("made-up.sql:2: ")
                .hasSizeLessThan(200);
    }

    @Test
    void a_column_of_a_wrong_type_is_told_before_a_page_is_asked_for() {
        assertThat(error("select raw ->> 'name' as title, 7 as modified_at"))
                .startsWith("made-up.sql: cannot cast type integer to timestamp with time zone, in m.modified_at::");
        assertThat(rig.asked()).isEmpty();
    }
}
