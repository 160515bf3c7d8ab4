package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** PostgreSQL's index over tags takes no entry longer than some 2,700 bytes; the page would be lost with it. */
class LongTagTest {
    @Test
    void a_tag_too_long_for_the_index_is_left_out_and_the_asset_stays() throws Exception {
        ObjectNode result = Results.fixture("asset-2025");
        Results.classification(result).putArray("domain_tags").add("trees").add("x".repeat(3000));
        assertThat(Results.normalise(result).tags()).containsExactly("trees");
    }
}
