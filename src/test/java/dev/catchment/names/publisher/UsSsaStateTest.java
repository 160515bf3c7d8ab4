package dev.catchment.names.publisher;

import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.figure.Publication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsSsaStateTest {
    private static final String ALASKA = "AK,F,1910,Mary,14\r\nAK,M,2024,Zion,5\r\n";

    @TempDir
    Path folder;

    @Test
    void reads_a_state_in_its_own_order_of_columns() throws IOException {
        var reading = read(new Published(folder).text("AK.TXT", ALASKA));
        assertThat(reading.publications())
                .containsExactly(new Publication("us_ssa_state", "us-ssa-state", "US-AK", null, null, null));
        assertThat(reading.figures()).containsExactly("1910 F Mary 14", "2024 M Zion 5");
    }

    @Test
    void makes_each_state_of_a_zip_a_publication() throws IOException {
        var reading = read(new Published(folder)
                .zip(
                        "namesbystate.zip",
                        "DE.TXT",
                        "DE,F,1910,Mary,59\r\n",
                        "AK.TXT",
                        ALASKA,
                        "StateReadMe.pdf",
                        "%PDF"));
        assertThat(reading.publications()).extracting(Publication::region).containsExactly("US-AK", "US-DE");
        assertThat(reading.publications()).extracting(Publication::entry).containsExactly("AK.TXT", "DE.TXT");
        assertThat(reading.figures()).containsExactly("1910 F Mary 14", "2024 M Zion 5", "1910 F Mary 59");
    }

    @Test
    void refuses_a_state_under_the_name_of_another() {
        assertThat(refusal(() -> new Published(folder).text("DE.TXT", ALASKA))).contains("one state", "AK");
    }

    @Test
    void is_recognised_by_most_of_its_first_lines() throws IOException {
        var reading =
                read(new Published(folder).text("AK.TXT", "DE,F,1910,Mary,59\r\nAK,F,1910\r\n" + ALASKA.repeat(2)));
        assertThat(reading.publication().region()).isEqualTo("US-AK");
        assertThat(reading.unusable()).containsExactly("bad-region: AK.TXT line 1", "bad-fields: AK.TXT line 2");
    }

    @Test
    void takes_no_line_of_another_state() throws IOException {
        String text = ALASKA.repeat(20) + "DE,F,1910,Mary,59\r\nAK,F,10,Mary,59\r\nAK,F,1910,Mary\r\n";
        assertThat(read(new Published(folder).text("AK.TXT", text)).unusable())
                .containsExactly(
                        "bad-region: AK.TXT line 41", "bad-year: AK.TXT line 42", "bad-fields: AK.TXT line 43");
    }
}
