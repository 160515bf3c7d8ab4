package dev.catchment.flow.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.flow.BadRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMomentTest {
    @ParameterizedTest
    @CsvSource({
        "2019-08-23T21:52:42.000Z, 2019-08-23T21:52:42Z",
        "2020-02-29T00:00:00.001Z, 2020-02-29T00:00:00.001Z",
        "1000-01-01T00:00:00.000Z, 1000-01-01T00:00:00Z",
        "0999-01-01T00:00:00.000Z, 0999-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "2019-08-23T21:52:42Z, 2019-08-23T21:52:42Z",
        "2019-08-23T21:52:42.123456789Z, 2019-08-23T21:52:42.123456Z",
        "2019-08-23T23:52:42.000+02:00, 2019-08-23T21:52:42Z",
        "2019-08-23T21:52:42.000+0000, 2019-08-23T21:52:42Z",
    })
    void a_date_time_with_its_offset_is_a_moment(String text, String moment) throws Exception {
        assertThat(FieldMoment.parse(text, "created_at")).isEqualTo(Instant.parse(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-02-29T00:00:00.000Z",
                "2019-13-01T00:00:00.000Z",
                "2019-08-23T24:00:00.000Z",
                "2019-08-23T21:60:00.000Z",
                "2019-08-23T21:52:60.000Z",
                "0000-01-01T00:00:00.000Z",
                "٢٠١٩-08-23T21:52:42.000Z",
                "2019-08-23T21:52:42.000",
                "2019-08-23",
                "yesterday"
            })
    void what_is_none_is_refused_with_its_field(String text) {
        assertThatThrownBy(() -> FieldMoment.parse(text, "created_at"))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("bad-date"))
                .hasMessageContaining("created_at should be");
    }

    @Test
    void nothing_is_no_moment() throws Exception {
        assertThat(FieldMoment.parse(null, "created_at")).isNull();
    }
}
