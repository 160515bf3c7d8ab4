package dev.catchment.catalog.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCatalogueTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_file_is_what_its_generator_makes() throws IOException {
        assertThat(file().lines().toList()).isEqualTo(DemoCatalogue.lines());
    }

    @Test
    void the_file_is_small_and_names_nobody_real() throws IOException {
        assertThat(file().getBytes(UTF_8)).hasSizeBetween(300_000, 600_000);
        assertThat(records()).hasSize(350).allSatisfy(record -> {
            assertThat(record.at("/metadata/domain").asText()).endsWith(".example");
            assertThat(record.at("/link").asText())
                    .contains(record.at("/metadata/domain").asText());
            assertThat(record.at("/owner/display_name").asText()).isEqualTo("Open Data Team");
        });
        assertThat(records())
                .map(record -> record.at("/metadata/domain").asText())
                .doesNotContainNull()
                .satisfies(domains -> assertThat(domains.stream().distinct()).hasSize(12));
    }

    @Test
    void exactly_three_records_are_bad_each_in_its_own_way() throws IOException {
        List<JsonNode> records = records();
        assertThat(records)
                .filteredOn(record -> record.at("/resource/name").isNull())
                .hasSize(1);
        assertThat(records)
                .filteredOn(record -> !record.at("/resource/id").asText().matches("[2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4}"))
                .hasSize(1);
        assertThat(records)
                .filteredOn(record -> !isMoment(record.at("/resource/updatedAt").asText()))
                .hasSize(1);
    }

    @Test
    void ids_are_unique_and_types_are_many() throws IOException {
        assertThat(records()).map(record -> record.at("/resource/id").asText()).doesNotHaveDuplicates();
        assertThat(records())
                .map(record -> record.at("/resource/type").asText())
                .contains("dataset", "map", "story", "href", "federated_href", "file", "calendar");
    }

    private static boolean isMoment(String text) {
        try {
            return Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static List<JsonNode> records() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : file().lines().toList()) {
            records.add(JSON.readTree(line));
        }
        return records;
    }

    private static String file() throws IOException {
        try (InputStream in = DiscoveryStandIn.class.getResourceAsStream(DiscoveryStandIn.BUILT_IN)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
