package dev.catchment.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A file that has nothing to do with any room: one map, with a list within. */
class DocumentSchemaTest {
    private static final DocumentSchema SCHEMA =
            new DocumentSchema("/schema/walk.schema.json", Map.of("pattern", Pattern::compile));

    private static List<String> wrong(String text) {
        return SCHEMA.problems(YamlDocument.of(text).root()).stream()
                .map(problem -> problem.path() + " " + problem.what())
                .toList();
    }

    @Test
    void what_fits_has_no_problem_in_yaml_and_in_json() {
        assertThat(wrong("page: offset\nlargest: 100\nsteps:\n- {at: a+}\n")).isEmpty();
        assertThat(wrong("{\"page\": \"offset\", \"largest\": 100}")).isEmpty();
    }

    @Test
    void a_problem_names_its_place_its_value_and_what_the_schema_describes() {
        assertThat(wrong("pages: offset\nlargest: 0\nsteps: [{at: '('}, {}, 3]\n"))
                .containsExactly(
                        "[pages] Unknown field pages. Did you mean page? Fields are page, largest, steps.",
                        "[page] page is missing. Allowed: one of offset, cursor.",
                        "[largest] largest=0 is not allowed. Allowed: a whole number from 1 on.",
                        "[steps, 0, at] steps[0].at cannot be read: ( (Unclosed group near index 1)",
                        "[steps, 1, at] steps[1].at is missing. Allowed: a pattern.",
                        "[steps, 2] steps[2]=3 is not allowed. Allowed: a step.");
    }

    @Test
    void a_scalar_says_what_was_written_and_knows_its_line() {
        YamlDocument document = YamlDocument.of("- 0400\n- 400\n- '400'\n- true\n- 1e3\n- null\n-\n  a: b\n");
        JsonNode root = document.root();
        assertThat(root).extracting(JsonNode::asText).containsExactly("0400", "400", "400", "true", "1e3", "null", "");
        assertThat(root).extracting(JsonNode::isNumber).containsExactly(false, true, false, false, false, false, false);
        assertThat(root.get(3).isBoolean()).isTrue();
        assertThat(root).extracting(document::line).containsExactly(1, 2, 3, 4, 5, 6, 8);
    }

    @Test
    void no_password_and_no_control_character_is_shown() {
        assertThat(DocumentSchema.shown("https://me:secret@a.gov/\u001b[2J")).isEqualTo("https://…@a.gov/ [2J");
        assertThat(DocumentSchema.shown("x".repeat(100))).hasSize(81).endsWith("…");
    }
}
