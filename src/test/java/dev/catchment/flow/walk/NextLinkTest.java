package dev.catchment.flow.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLinkTest {
    @ParameterizedTest
    @CsvSource({
        "https://x.example/catalog,   https://x.example/catalog?page=2",
        "https://x.example/catalog,   https://x.example/catalog/?page=2",
        "https://x.example/catalog/,  ?page=2",
        "https://x.example,           https://x.example/?page=2"
    })
    void a_slash_at_the_end_makes_no_other_collection(String asked, String next) {
        assertThat(NextLink.of(asked, next, "same-path")).endsWith("?page=2");
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example/catalog,  https://x.example/?page=2",
        "https://x.example/catalog,  https://x.example/catalogs?page=2",
        "https://x.example/catalog,  https://y.example/catalog?page=2"
    })
    void another_path_or_host_does(String asked, String next) {
        assertThatThrownBy(() -> NextLink.of(asked, next, "same-path"))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("leave the collection");
    }
}
