package dev.catchment.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FontCacheTest {
    private final String before = System.getProperty(FontCache.PROPERTY);

    @TempDir
    private Path folder;

    @BeforeEach
    void clear() {
        System.clearProperty(FontCache.PROPERTY);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(FontCache.PROPERTY);
        } else {
            System.setProperty(FontCache.PROPERTY, before);
        }
    }

    @Test
    void is_kept_with_the_data_in_a_folder_that_is_made() {
        FontCache.in(folder.resolve("data"));
        assertThat(folder.resolve("data")).isDirectory();
        assertThat(System.getProperty(FontCache.PROPERTY))
                .isEqualTo(folder.resolve("data").toString());
    }

    @Test
    void stays_where_the_operator_has_put_it() {
        System.setProperty(FontCache.PROPERTY, "elsewhere");
        FontCache.in(folder.resolve("data"));
        assertThat(System.getProperty(FontCache.PROPERTY)).isEqualTo("elsewhere");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_made_stops_nothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        FontCache.in(file.resolve("data"));
        assertThat(System.getProperty(FontCache.PROPERTY)).isNull();
    }
}
