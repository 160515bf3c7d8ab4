package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.IndexFiles.source;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.SeedRig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedMomentTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"updated_at\":\"2026-01-02\"'                    | 2026-01-02 00:00:00",
                "'\"updatedAt\":\"2026-01-02T03:04:05Z\"'           | 2026-01-02 03:04:05",
                "'\"modified\":\"2026-01-02T03:04:05.678+05:45\"'   | 2026-01-01 21:19:05.678",
                "'\"modified\":\"2026-01-02T03:04:05-0800\"'        | 2026-01-02 11:04:05",
                "'\"modified\":\"2026-01-02 03:04:05+02\"'          | 2026-01-02 01:04:05",
                "'\"updated_at\":\"2026-01-02T03:04:05\"'           | 2026-01-02 03:04:05",
                "'\"updated_at\":\" 2026-01-02 03:04 \"'            | 2026-01-02 03:04:00",
                "'\"updatedAt\":1767323045'                         | 2026-01-02 03:04:05",
                "'\"updated_at\":1767323045678'                     | 2026-01-02 03:04:05.678",
                "'\"modified\":\"1767323045\"'                      | 2026-01-02 03:04:05",
                "'\"modified\":\"1767323045678\"'                   | 2026-01-02 03:04:05.678",
                "'\"modified\":1.767323045e9'                       | 2026-01-02 03:04:05",
                "'\"modified\":1.7673e9'                            | 2026-01-01 20:40:00",
                "'\"modified\":1767323045.5'                        | 2026-01-02 03:04:05.5",
                "'\"modified\":0'                                   | 1970-01-01 00:00:00",
                "'\"modified\":\"2024-02-29\"'                      | 2024-02-29 00:00:00",
                "'\"updated_at\":null,\"modified\":\"2026-01-02\"'  | 2026-01-02 00:00:00",
                "'\"updated_at\":\"\"'                              | -"
            })
    void every_form_of_a_date_is_the_same_moment_in_any_zone(String member, String moment) {
        RIG.seed(RIG.file("index.json", "[{\"asset_key\":\"a\",\"source_key\":\"a.gov\"," + member + "}]"));
        assertThat(texts("select coalesce((updated_at at time zone 'UTC')::text, '-') from registry.assets"))
                .containsExactly(moment);
    }

    @Test
    void the_greatest_updated_at_stays() {
        for (String updated : List.of("\"2026-01-02\"", "\"2026-03-04\"", "\"2025-05-06\"", "null")) {
            RIG.seed(RIG.lines(
                    "index.ndjson", List.of(asset("aaaa-2222", "a.gov", "named " + updated.length(), updated))));
        }
        assertThat(text("select updated_at::timestamptz at time zone 'UTC' || name from registry.assets"))
                .isEqualTo("2026-03-04 00:00:00named 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void the_greatest_updated_at_stays_in_one_file_too_whatever_the_batches(int batch) {
        RIG.set("registry.batch-size", String.valueOf(batch));
        String old = asset("aaaa-2222", "a.gov", "old", "\"2025-05-06\"");
        RIG.seed(RIG.lines("held.ndjson", List.of(old)));
        RIG.seed(RIG.lines(
                "index.ndjson",
                List.of(
                        asset("aaaa-2222", "a.gov", "new", "\"2026-03-04\""),
                        old,
                        asset("bbbb-2222", "a.gov", "new", "\"2026-03-04T00:00:00.5Z\""),
                        asset("bbbb-2222", "a.gov", "old", "\"2026-03-04\""),
                        asset("bbbb-2222", "a.gov", "old", "null"))));
        assertThat(
                        texts(
                                "select name || ' ' || (updated_at at time zone 'UTC') from registry.assets order by asset_key"))
                .containsExactly("old 2026-03-04 00:00:00", "old 2026-03-04 00:00:00.5");
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30", "tomorrow", "2026-13-01", "02/01/2026", "2026-01-02T25:00Z", "99999999999999999", "true"})
    void a_date_that_is_none_rejects_its_record(String bad) {
        RIG.seed(RIG.lines(
                "index.ndjson", List.of(asset("aaaa-2222", "a.gov", "A", "\"" + bad + "\""), source("b.gov", "B"))));
        assertThat(texts("select reason from ops.rejects")).containsExactly("bad-date");
    }
}
