package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage that is done behind the back of the program is named. */
class VerifyNamesTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static void load() {
        NAMES.load(NAMES.file("yob1910.txt", "Mary,F,22848", "Helen,F,10479"));
        NAMES.load(NAMES.file("NovaScotia.csv", "YEAR,SEX,FIRST NAME,COUNT", "1910,F,MARY,639", "1910,F,MARIE,171"));
    }

    @Test
    void what_was_loaded_has_no_difference() {
        load();
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "figures differ from the file                | delete from names.names where name = 'Mary'",
                "figures differ from the file                | update names.names set count = count + 1 where name = 'MARIE'",
                "figures are missing                         | update names.names set deleted_at = now() where name in ('Mary', 'Helen')",
                "figures that no file accounts for           | delete from names.slices where births = 810",
                "a file and its years differ                 | update names.datasets set births = 1 where filename = 'yob1910.txt'",
                "the statistics differ from the figures      | delete from names.names where name = 'Mary'; refresh materialized view names.name_statistics",
                "the statistics differ from the figures      | delete from names.names where name = 'MARIE'; refresh materialized view names.name_statistics",
                "the statistics wait for a refresh           | insert into names.stale_views values (now())"
            })
    void damage_is_named(String difference, String damage) {
        load();
        TestDatabase.execute(damage);
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of()))
                .extracting(row -> row.get("difference"))
                .contains(difference);
    }
}
