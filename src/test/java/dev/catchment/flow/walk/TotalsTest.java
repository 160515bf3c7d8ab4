package dev.catchment.flow.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsTest {
    /** Announced are the totals of the pages, one after the other; what came is on the first. */
    @ParameterizedTest
    @CsvSource({
        "0,                 35,    0,    false, SAYS_NOTHING",
        "35,                35,    0,    false, ALL_CAME",
        "34,                35,    0,    false, ALL_CAME",
        "36,                35,    0,    false, MORE_ANNOUNCED",
        "35 0 0,            35,    0,    false, ALL_CAME",
        "35 0 0,            20,    0,    false, MORE_ANNOUNCED",
        "35,                20,    15,   true,  ALL_CAME",
        "4000 3980,         3980,  0,    false, SAYS_NOTHING",
        "3980 4000,         3980,  0,    false, SAYS_NOTHING",
        "4000 3980,         3979,  0,    false, MORE_ANNOUNCED",
        "4000 1000,         1000,  0,    false, MORE_ANNOUNCED",
        "4000,              1000,  2990, true,  SAYS_NOTHING",
        "4000,              1000,  2990, false, MORE_ANNOUNCED",
        "4000,              1000,  2900, true,  MORE_ANNOUNCED",
        "10000,             12662, 0,    false, SAYS_NOTHING",
        "10000,             2000,  0,    false, MORE_ANNOUNCED",
    })
    void says_whether_all_came(String announced, int came, long before, boolean isGoneOn, Totals.Verdict verdict) {
        Totals totals = new Totals(10_000);
        RawRecord record = new RawRecord(new byte[0], 0, 0, 0, null, null);
        int[] records = {came};
        Stream.of(announced.split(" ")).map(Long::valueOf).forEach(total -> {
            totals.take(new RecordPage(Collections.nCopies(records[0], record), total));
            records[0] = 0;
        });
        assertThat(totals.verdict(before, isGoneOn)).isEqualTo(verdict);
    }
}
