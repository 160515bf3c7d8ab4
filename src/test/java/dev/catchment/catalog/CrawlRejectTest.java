package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.rows;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.standin.Answer;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrawlRejectTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no-id         | \"id\":\"2222-2224\",         |                                  ",
                "bad-id        | \"id\":\"2222-2224\"          | \"id\":\"no 4x4\"                ",
                "no-domain     | \"domain\":\"data.example.gov\" | \"domain\":\" \"               ",
                "no-name       | \"name\":\"Dataset 2\"        | \"name\":\"{{name}}\"            ",
                "wrong-type    | \"type\":\"dataset\"          | \"type\":[1]                     ",
                "wrong-type    | \"download_count\":1917       | \"download_count\":-1            ",
                "bad-date      | \"updatedAt\":\"2025-06-01T08 | \"updatedAt\":\"2025-02-31T25    ",
                "nul-character | \"type\":\"dataset\"          | \"type\":\"data\\u0000set\"      ",
                "bad-unicode   | \"type\":\"dataset\"          | \"type\":\"data\\ud800set\"      ",
                "bad-unicode   | \"type\":\"dataset\"          | \"\\udc00\":1,\"type\":\"x\"     "
            })
    void a_bad_record_is_kept_with_its_reason_while_its_page_goes_on(String reason, String good, String bad) {
        String record = Assets.asset(2).toString().replace(good, bad == null ? "" : bad);
        serve(Assets.asset(1).toString(), record, Assets.asset(3).toString());
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 3, added 2, rejected 1");
        assertThat(texts("select name from catalog.socrata_datasets order by id"))
                .containsExactly("Dataset 1", "Dataset 3");
        Map<String, Object> reject = rows("select * from ops.rejects").get(0);
        assertThat(reject)
                .containsEntry("reason", reason)
                .containsEntry("position", "page 1, record 2")
                .containsEntry("severity", "error")
                .containsEntry("record", record)
                .containsEntry("run_id", 1L);
        assertThat(reject.get("key"))
                .isEqualTo(reason.equals("no-id") ? null : reason.equals("bad-id") ? "no 4x4" : "2222-2224");
        assertThat((String) reject.get("message"))
                .endsWith(reject.get("key") == null ? "." : "id=" + reject.get("key"));
    }

    @Test
    void what_is_no_object_at_all_is_rejected_too() {
        serve(Assets.asset(1).toString(), "17", "null", "\"text\"", "[]");
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 5, added 1, rejected 4");
        assertThat(texts("select record from ops.rejects order by id")).containsExactly("17", "null", "\"text\"", "[]");
    }

    @Test
    void a_nul_in_an_id_at_the_end_of_a_page_costs_no_page() {
        serve(Assets.asset(1).toString(), Assets.asset(2).toString().replace("2222-2224", "2222\\u0000224"));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 2, added 1, rejected 1");
        assertThat(text("select last_key from ops.requests where sequence = 1")).isEqualTo(Assets.id(1));
    }

    @Test
    void half_a_surrogate_in_an_id_at_the_end_of_a_page_costs_no_page() {
        serve(Assets.asset(1).toString(), Assets.asset(2).toString().replace("2222-2224", "2222\\ud8002"));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 2, added 1, rejected 1");
    }

    @Test
    void a_bad_id_at_the_end_of_a_page_is_never_a_cursor() {
        serve(Assets.asset(1).toString(), Assets.asset(2).toString().replace("2222-2224", "zz no id"));
        rig.crawl();
        assertThat(text("select cursor from ops.runs")).isEqualTo(Assets.id(1));
        assertThat(rig.requests().get(1).query()).startsWith("scroll_id=" + Assets.id(1) + "&");
    }

    @Test
    void a_rejected_record_counts_as_seen_and_is_not_retired() {
        rig.set("catalog.retire.max-percent", "100%").crawl(Assets.lines(3));
        ObjectNode bad = Assets.asset(2);
        Assets.resource(bad).putNull("name");
        assertThat(Counts.of(rig.crawl(Assets.lines(Assets.asset(1), bad, Assets.asset(3)))))
                .isEqualTo("succeeded: seen 3, unchanged 2, rejected 1");
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is null"))
                .isEqualTo(3);
        assertThat(rig.requests()).noneMatch(request -> request.query().contains("ids="));
        assertThat(number("select run_id from catalog.dataset_sightings where id = ?", Assets.id(2)))
                .isEqualTo(2);
    }

    @Test
    void keeps_the_position_on_later_pages() {
        List<String> lines = new ArrayList<>(Assets.lines(35));
        lines.set(24, lines.get(24).replace("\"name\":\"Dataset 25\"", "\"name\":\"\""));
        rig.crawl(lines);
        assertThat(text("select position from ops.rejects")).isEqualTo("page 3, record 5");
        assertThat(text("select rejects || reason from ("
                        + statement("count-rejects").replace(":?run", "1") + ") q"))
                .isEqualTo("1no-name");
    }

    private static String statement(String name) {
        return dev.catchment.postgres.connection.Statement.load("ops/" + name)
                .sql()
                .replace("?", "1");
    }

    /** One page with these records, byte for byte, then none. */
    private void serve(String... records) {
        rig.serve(Assets.lines(0, -1));
        String page = "{\"results\":[" + String.join(",\n", Arrays.asList(records)) + "],\"resultSetSize\":"
                + records.length + ",\"timings\":{},\"warnings\":[]}";
        rig.standIn()
                .override(request -> request.query().startsWith("scroll_id=&")
                        ? Optional.of(Answer.json(200, page))
                        : Optional.empty());
    }
}
