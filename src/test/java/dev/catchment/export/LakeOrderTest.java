package dev.catchment.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One lake has one address, by which its exports exclude each other. */
class LakeOrderTest {
    private static LakeOrder to(String address) {
        return new LakeOrder(address, false, "test");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://open-data, s3://open-data, ''",
        "s3://open-data/, s3://open-data, ''",
        "s3://open-data///, s3://open-data, ''",
        "s3://open-data/lake, s3://open-data/lake, lake/",
        "s3://open-data/lake/, s3://open-data/lake, lake/",
        "s3://open-data/a/..b/.c//, s3://open-data/a/..b/.c, a/..b/.c/"
    })
    void a_bucket_is_spelled_in_one_way(String address, String canonical, String prefix) {
        LakeOrder order = to(address);
        assertThat(order.to()).isEqualTo(canonical);
        assertThat(order.run().scope()).isEqualTo(canonical);
        assertThat(order.bucket()).isEqualTo("open-data");
        assertThat(order.prefix()).isEqualTo(prefix);
        assertThat(order.folder()).isNull();
        assertThat(to(canonical)).isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        "file:/lakes/lake, file:///lakes/lake, /lakes/lake",
        "file:///lakes/lake, file:///lakes/lake, /lakes/lake",
        "file:///lakes/lake/, file:///lakes/lake, /lakes/lake",
        "file:/lakes/./other/..//lake, file:///lakes/lake, /lakes/lake",
        "file:///lakes/%6Cake, file:///lakes/lake, /lakes/lake",
        "file:///lakes/my%20l%C3%A4ke%23, file:///lakes/my%20l\u00e4ke%23, /lakes/my l\u00e4ke#"
    })
    void a_folder_is_spelled_in_one_way(String address, String canonical, String folder) {
        LakeOrder order = to(address);
        assertThat(order.to()).isEqualTo(canonical);
        assertThat(order.run().scope()).isEqualTo(canonical);
        assertThat(order.folder()).isEqualTo(Path.of(folder));
        assertThat(order.bucket()).isNull();
        assertThat(to(canonical)).isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://open-data/a/../lake",
                "s3://open-data/./lake",
                "s3://open-data//lake",
                "s3://open_data/lake",
                "s3://key:secret@bucket/x",
                "file://host/lake",
                "file:lake",
                "lake"
            })
    void what_names_no_lake_is_refused(String address) {
        assertThatThrownBy(() -> to(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no lake")
                .hasMessageNotContaining("secret@");
    }
}
