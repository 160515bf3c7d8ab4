package dev.catchment.names.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.figure.Gender;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void keeps_a_name_as_published_but_for_what_nobody_sees() {
        assertThat(Cells.name(" SOPHIE ")).isEqualTo("SOPHIE");
        assertThat(Cells.name("Ciar\u00a0-Louise\u00a0")).isEqualTo("Ciar -Louise");
        assertThat(Cells.name("\u00ad\u00a0")).isEmpty();
        assertThat(Cells.name("Zoe\u0308\u200b")).isEqualTo("Zoë");
        assertThat(Cells.name("D'Arcy-Mae")).isEqualTo("D'Arcy-Mae");
        assertThat(Cells.name("BABY\"\"")).isEqualTo("BABY");
    }

    @Test
    void reads_a_cell_composed_and_without_what_nobody_sees() {
        assertThat(Cells.text("\u00a0Emile\u0301 \u2009 Marie\u00ad ")).isEqualTo("Emilé Marie");
        assertThat(Cells.text(" ANNA  MARIA\u00a0")).isEqualTo("ANNA MARIA");
        assertThat(Cells.number(7087.0)).isEqualTo("7087");
        assertThat(Cells.number(Double.NaN)).isEmpty();
        assertThat(Cells.number(new BigDecimal("1E+2147483647"))).isEqualTo("1E+2147483647");
    }

    @Test
    void takes_digits_alone_for_a_count() {
        assertThat(Cells.count("7065")).isEqualTo(7065);
        for (String none : new String[] {"", "+5", "-5", "5.0", "6,602", "1e3", "٥", "1234567890", "5 "}) {
            assertThat(Cells.count(none)).as(none).isEqualTo(-1);
        }
        assertThat(Cells.grouped("6,602")).isEqualTo(6602);
        assertThat(Cells.grouped("66,02")).isEqualTo(-1);
        assertThat(Cells.whole("5.0")).isEqualTo(5);
        assertThat(Cells.whole("5,00")).isEqualTo(5);
        assertThat(Cells.whole("5.5")).isEqualTo(-1);
    }

    @Test
    void takes_four_digits_of_our_times_for_a_year() {
        assertThat(Cells.year("1880")).isEqualTo(1880);
        for (String none : new String[] {"80", "1799", "2101", "02020", "1880.", "MDCC"}) {
            assertThat(Cells.year(none)).as(none).isEqualTo(-1);
        }
    }

    @Test
    void reads_genders_and_years_off_the_names_of_files() {
        assertThat(FileName.gender("2019girlsnames.xlsx")).isEqualTo(Gender.F);
        assertThat(FileName.gender("topnames_female_cy2024.csv")).isEqualTo(Gender.F);
        assertThat(FileName.gender("ontario_top_baby_names_male.csv")).isEqualTo(Gender.M);
        assertThat(FileName.gender("boys-and-girls.csv")).isNull();
        assertThat(FileName.gender("names.csv")).isNull();
        assertThat(FileName.year("20160308_BDM_Top-100-Baby-Names-2009.csv")).isEqualTo(2009);
        assertThat(FileName.year("1960-to-2005.csv")).isNull();
        assertThat(FileName.year("yob1880.txt")).isEqualTo(1880);
    }

    /** Marks of direction, embeddings and isolates, joiners, selectors, tags: with them or without, the name looks the same. */
    @Test
    void what_has_no_shape_of_its_own_makes_no_other_name() {
        for (int invisible : new int[] {
            0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x2060, 0x2066, 0x2069, 0x3164,
            0xFE0F, 0xFEFF, 0xE0041, 0xE0100
        }) {
            assertThat(Cells.name("Li" + Character.toString(invisible) + "am"))
                    .as(Integer.toHexString(invisible))
                    .isEqualTo("Liam");
        }
    }
}
