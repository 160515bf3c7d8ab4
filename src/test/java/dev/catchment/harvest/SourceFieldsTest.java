package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.harvest.source.SourceFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFieldsTest {
    private static JsonNode row(String json) throws Exception {
        return SourceFields.row(new ObjectMapper().readTree(json.replace('\'', '"')), new Kinds("").readable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL", "WEBHOOK_SECRET", "AWS_SECRET_ACCESS_KEY"})
    void what_is_ours_is_no_secret_of_a_portal(String variable) {
        assertThatThrownBy(() -> row("{'kind':'ckan','url':'https://a.example.org','secret':'%s'}".formatted(variable)))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("secret=" + variable + " is not allowed: it is Catchment's own.");
    }

    @ParameterizedTest
    @CsvSource({
        "dcat-ap, https://a.example.org/catalog/, https://a.example.org/catalog/",
        "ckan,    https://a.example.org/ckan/,    https://a.example.org/ckan"
    })
    void the_address_of_a_document_stays_as_it_is_and_that_of_a_base_ends_without_a_slash(
            String kind, String given, String kept) throws Exception {
        assertThat(row("{'kind':'%s','url':'%s'}".formatted(kind, given))
                        .get("url")
                        .textValue())
                .isEqualTo(kept);
    }
}
