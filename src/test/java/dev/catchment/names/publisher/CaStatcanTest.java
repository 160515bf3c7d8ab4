package dev.catchment.names.publisher;

import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Written from Statistics Canada's "Full Table Download (CSV) User Guide": the whole table is too large to keep. */
class CaStatcanTest {
    private static final String ENGLISH = "\uFEFF\"REF_DATE\",\"GEO\",\"DGUID\",\"Sex at birth\","
            + "\"First name at birth\",\"Indicator\",\"UOM\",\"UOM_ID\",\"SCALAR_FACTOR\",\"SCALAR_ID\",\"VECTOR\","
            + "\"COORDINATE\",\"VALUE\",\"STATUS\",\"SYMBOL\",\"TERMINATED\",\"DECIMALS\"\r\n";
    private static final String FRENCH = "\uFEFF\"PÉRIODE DE RÉFÉRENCE\";\"GÉO\";\"DGUID\";\"Sexe à la naissance\";"
            + "\"Prénom à la naissance\";\"Indicateur\";\"UNITÉ DE MESURE\";\"IDENTIFICATEUR D'UNITÉ DE MESURE\";"
            + "\"FACTEUR SCALAIRE\";\"IDENTIFICATEUR SCALAIRE\";\"VECTEUR\";\"COORDONNÉES\";\"VALEUR\";\"STATUT\";"
            + "\"SYMBOLE\";\"TERMINÉ\";\"DÉCIMALES\"\r\n";
    /** A stack of small tables; a quote is opened in it that nobody closes. */
    private static final String METADATA = "Cube Title,Product Id\r\n\"First names\",\"17100147\"\r\n\r\n"
            + "Note ID,Note\r\n1,\"Names with fewer than \"5\" births are left out\r\n";

    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    /** @param cells geography, sex, name, indicator, value, status */
    private static String row(String... cells) {
        String start = "\"2021\",\"%s\",\"2021A000011124\",\"%s\",\"%s\",\"%s\",\"Number\",\"223\",\"units \",\"0\",";
        String end = "\"v1447905216\",\"1.1.1.1\",\"%s\",\"%s\",\"\",\"\",\"0\"\r\n";
        return (start + end).formatted((Object[]) cells);
    }

    private static String table() {
        return ENGLISH
                + row("Canada", "Male", "FRANCOIS", "Frequency", "5", "")
                + row("Canada", "Male", "FRANCOIS", "Rank", "1803", "")
                + row("Canada", "Male", "FRANCOIS", "Proportion (%)", "0.003", "")
                + row("Canada", "Female", "OLIVIA", "Frequency", "2032.0", "")
                + row("Canada", "Female", "NAN", "Frequency", "", "..")
                + row("Canada", "Female", "TRUE", "Frequency", "", "x")
                + row("Canada", "Female", "NA", "Frequency", "", "...")
                + row("Ontario", "Female", "OLIVIA", "Frequency", "800", "");
    }

    @Test
    void takes_how_often_and_neither_rank_nor_share_nor_province() throws IOException {
        var reading = read(published.text("17100147.csv", table()));
        assertThat(reading.publication())
                .isEqualTo(new Publication("ca_statcan", "ca-statcan", null, null, null, null));
        assertThat(reading.figures()).containsExactly("2021 M FRANCOIS 5", "2021 F OLIVIA 2032");
        assertThat(reading.passed(FileEntry.Passed.NO_COUNT)).isEqualTo(3);
        assertThat(reading.passed(FileEntry.Passed.SUPPRESSED)).isEqualTo(2);
        assertThat(reading.passed(FileEntry.Passed.NONE)).isEqualTo(1);
        assertThat(reading.unusable()).isEmpty();
    }

    @Test
    void takes_the_table_from_its_zip_and_leaves_the_footnotes_alone() throws IOException {
        var reading =
                read(published.zip("17100147-eng.zip", "17100147.csv", table(), "17100147_MetaData.csv", METADATA));
        assertThat(reading.publication().entry()).isEqualTo("17100147.csv");
        assertThat(reading.figures()).containsExactly("2021 M FRANCOIS 5", "2021 F OLIVIA 2032");
    }

    @Test
    void reads_the_french_table_with_its_semicolons_and_decimal_commas() throws IOException {
        String text = FRENCH
                + (row("Canada", "Masculin", "FRANCOIS", "Fréquence", "5,0", "")
                                + row("Canada", "Masculin", "FRANCOIS", "Rang", "1803", "")
                                + row("Canada", "Féminin", "OLIVIA", "Fréquence", "2032", "")
                                + row("Canada", "Féminin", "OLIVIA", "Proportion (%)", "1,2", ""))
                        .replace("\",\"", "\";\"");
        var reading = read(published.zip("17100147-fra.zip", "17100147.csv", text, "17100147_MetaData.csv", METADATA));
        assertThat(reading.figures()).containsExactly("2021 M FRANCOIS 5", "2021 F OLIVIA 2032");
        assertThat(reading.unusable()).isEmpty();
    }

    @Test
    void takes_no_fraction_and_no_indicator_it_does_not_know() throws IOException {
        String text = ENGLISH
                + row("Canada", "Male", "LEO", "Frequency", "5.5", "")
                + row("Canada", "Male", "LEO", "Median", "5", "")
                + row("Canada", "Total", "LEO", "Frequency", "5", "");
        assertThat(read(published.text("17100147.csv", text)).unusable())
                .containsExactly(
                        "bad-count: 17100147.csv line 2",
                        "bad-indicator: 17100147.csv line 3",
                        "bad-gender: 17100147.csv line 4");
    }

    @Test
    void refuses_the_table_as_it_is_displayed() {
        String displayed = "\"First names at birth by sex at birth, selected indicators, Canada (Frequency)\"\r\n"
                + "\"Annual\"\r\n\"Table: 17-10-0147-01\"\r\n\"Geography: Canada\"\r\n\r\n\"OLIVIA\",\"2032\"\r\n";
        assertThat(refusal(() -> published.text("1710014701-eng.csv", displayed)))
                .contains("as it is displayed", "17100147-eng.zip");
    }
}
