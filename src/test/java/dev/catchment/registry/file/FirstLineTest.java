package dev.catchment.registry.file;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Counts;
import dev.catchment.support.SeedRig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NDJSON is known by its lines, even if the first of them is none. */
class FirstLineTest {
    private static final String ONE = asset("aaaa-2222", "a.gov");
    private static final String TWO = asset("bbbb-2222", "b.gov");

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json at all",
                "17",
                "\"",
                "]",
                "}",
                "[]",
                "{\"type\":\"asset\"",
                "{\"type\":\"asset\",",
                "{\"type\":\"asset\",\"name\":\"no end",
                "{\"type\":\"asset\" \"asset_key\":\"cccc-2222\"}",
                "{\"type\":\"asset\",\"tags\":[1,2}",
                "{\"type\":\"asset\",\"tags\":[1,2",
                "{\"type\":\"asset\",\"tags\":[1]]}",
                "{\"type\":\"asset\"} and more"
            })
    void a_malformed_first_line_costs_itself_only(String first) {
        for (List<String> lines : List.of(List.of(first, ONE, TWO), List.of("", first, ONE, "", TWO))) {
            RIG.service();
            dev.catchment.support.TestDatabase.empty();
            assertThat(Counts.of(RIG.seed(RIG.lines("index.ndjson", lines))))
                    .isEqualTo("succeeded: seen 3, added 2, rejected 1");
            assertThat(texts("select position || record from ops.rejects"))
                    .containsExactly("line " + (lines.indexOf(first) + 1) + first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>\n<body>\n{ x }\n</body>\n</html>\n",
                "id,name\n1,One\n2,Two\n",
                "some words\nand more of them\n",
                "some words\n{\"and\":\n\"no record\"\n"
            })
    void what_has_no_line_that_is_a_record_is_no_index(String content) {
        Map<String, Object> summary = RIG.seed(RIG.file("index", content));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).startsWith("The file is not JSON: it begins with neither { nor [");
    }

    @Test
    void one_value_over_several_lines_is_not_taken_for_many() {
        String broken = "{\"sources\":[\n{\"source_key\":\"a.gov\"}\n{\"source_key\":\"b.gov\"}\n]}";
        Map<String, Object> summary = RIG.seed(RIG.file("index", broken));
        assertThat(Counts.of(summary)).isEqualTo("failed: seen 1, added 1");
        assertThat((String) summary.get("error")).startsWith("Expected a comma or ] at line 3, column 1, byte 36.");
        String page = "{\"results\":[\n" + ONE + "\n],\"assets\":[\n" + TWO + "\n]}";
        assertThat(Counts.of(RIG.seed(RIG.file("page", page)))).isEqualTo("succeeded: seen 2, added 2");
    }
}
