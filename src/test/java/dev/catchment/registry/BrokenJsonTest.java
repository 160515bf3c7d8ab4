package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Counts;
import dev.catchment.support.SeedRig;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Between the records, JSON is JSON: what is none is told with its place, and nothing is passed over in silence. */
class BrokenJsonTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1 }                       | Expected a comma or ] | }",
                "[1 2]                      | Expected a comma or ] | 2]",
                "[1,]                       | Expected a value | ]",
                "[1,,2]                     | Expected a value | ,2",
                "[1,}                       | Expected a value | }",
                "[1;2]                      | Expected a comma or ] | ;2",
                "[1,{'a':[3}]               | Mismatched bracket | }]",
                "[1,{'a':[3)                | The file is truncated | ",
                "{'assets':[1 2]}           | Expected a comma or ] | 2]",
                "{'assets':[1]]             | Expected a comma or } | ]",
                "{'assets':[1],}            | Expected a value | }",
                "{'assets':[1] 'x':2}       | Expected a comma or } | 'x'",
                "{'assets':[1],'x'}         | Expected a colon | }",
                "{'assets':[1],'x':}        | Expected a value | }",
                "{'assets':[1],'\\u00g0':3} | Expected a hexadecimal digit | g0",
                "{'results':[1]} 3          | Something follows the end   | 3",
                "{'results':[1]} {'x':1}    | Expected a page of results | ",
                "{'assets':[1]} {'assets':[2]} | Something follows the end | {'assets':[2]"
            })
    void a_break_between_records_is_told_and_what_came_before_is_kept(String form, String error, String rest) {
        String text = form.replace('\'', '"').replaceAll("\\b1\\b", "1 ");
        String before = rest == null ? text : text.substring(0, text.lastIndexOf(rest.replace('\'', '"')));
        String one = asset("aaaa-2222", "a.gov");
        String content = text.replaceFirst("1 ", one).replaceAll("\\b2\\b", asset("bbbb-2222", "b.gov"));
        Map<String, Object> summary = RIG.seed(RIG.file("index", content));
        assertThat(Counts.of(summary)).isEqualTo("failed: seen 1, added 1");
        int place = before.length() + one.length() - 2;
        assertThat((String) summary.get("error"))
                .startsWith(error)
                .contains(" at line 1, column ")
                .contains(rest == null ? " byte " : " byte " + place + ".");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(1);
    }
}
