package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.Retention;
import dev.catchment.support.HarvestWalk;
import dev.catchment.support.TestDatabase;
import org.junit.jupiter.api.Test;

class HistoryQuotaTest {
    private static final String DAY = "2025-01-%02dT00:00:00Z";

    @Test
    void beyond_its_quota_the_oldest_states_of_each_source_are_forgotten() {
        TestDatabase.empty();
        HarvestWalk.kind("parks", WalkStatementsTest.MAPPING, WalkStatementsTest.DECLARATION);
        long parks = HarvestWalk.source("parks.example", "parks");
        for (int day = 1; day <= 6; day++) {
            walk(
                    parks,
                    day,
                    WalkStatementsTest.park("a", "Acre " + day),
                    WalkStatementsTest.park("b", day < 4 ? "Bay" : "Bay " + day));
        }
        long other = HarvestWalk.source("other.example", "parks");
        for (int day = 1; day <= 3; day++) {
            walk(other, 10 + day, WalkStatementsTest.park("a", "Acre " + day));
        }
        assertThat(number("select count(*) from harvest.versions")).isEqualTo(5 + 3 + 2);
        assertThat(beyond("")).isZero();
        assertThat(beyond("4")).isEqualTo(4);
        assertThat(texts("select s.name || ' ' || v.key || ' ' || (v.state ->> 'title') from harvest.versions v"
                        + " join harvest.sources s on s.id = v.source_id order by s.name, v.valid_to, v.key"))
                .containsExactly(
                        "other.example a Acre 1",
                        "other.example a Acre 2",
                        "parks.example a Acre 4",
                        "parks.example b Bay 4",
                        "parks.example a Acre 5",
                        "parks.example b Bay 5");
        assertThat(beyond("1000")).isZero();
    }

    private static void walk(long source, int day, HarvestWalk.Row... rows) {
        HarvestWalk walk = HarvestWalk.begin(source, DAY.formatted(day));
        walk.page(rows);
        walk.end();
    }

    private static long beyond(String quota) {
        return (long) TestDatabase.get()
                .rows("harvest/delete-versions-beyond-quota", new Retention().beyond(quota, 0))
                .get(0)
                .get("removed");
    }
}
