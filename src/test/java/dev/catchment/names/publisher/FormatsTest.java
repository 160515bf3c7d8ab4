package dev.catchment.names.publisher;

import static dev.catchment.names.Published.FORMATS;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.names.Published;
import dev.catchment.names.figure.Hints;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {
    @TempDir
    Path folder;

    @Test
    void knows_a_format_by_its_name() {
        assertThat(FORMATS.named("us_ssa")).isInstanceOf(UsSsa.class);
        assertThatThrownBy(() -> FORMATS.named("us-ssa")).hasMessageContaining("us_ssa, us_ssa_state, gb_nrs");
    }

    @Test
    void says_what_a_file_begins_with_that_no_format_knows() {
        assertThat(refusal(() -> new Published(folder).text("x.csv", "Prenom,Nombre\nZoë,5\n")))
                .contains("No known publisher", "begins with \"Prenom,Nombre\"");
    }

    @Test
    void refuses_a_table_brought_as_anothers() {
        String text = "YEAR,SEX,FIRST NAME,COUNT\n1920,F,MARY,639\n1920,M,JOHN,451\n";
        assertThat(refusal(() -> new Published(folder).text("x.csv", text, new Hints("ca-on", null, null))))
                .contains("given as ca-on", "its content is that of ca-ns", "--source ca-ns");
    }

    @Test
    void refuses_a_zip_of_tables_of_several_publishers() {
        assertThat(refusal(() -> new Published(folder)
                        .zip("x.zip", "a.csv", "YEAR,SEX,FIRST NAME,COUNT\n1920,F,MARY,639\n", "b.txt", "Mary,F,5\n")))
                .contains("No known publisher");
    }
}
