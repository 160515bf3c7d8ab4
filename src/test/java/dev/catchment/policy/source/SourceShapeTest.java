package dev.catchment.policy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a file of sources at all, in YAML and in CSV. */
class SourceShapeTest {
    private static final String GOOD =
            "- {name: A, country: gb, visa_type: 400, url: 'https://www.example.gov/a', fetch_type: html}\n";

    @TempDir
    private Path folder;

    private SourceFile read(String name, String text) throws IOException {
        return SourceFile.read(Files.writeString(folder.resolve(name), text));
    }

    private SourceFile yaml(String... lines) throws IOException {
        return read("s.yaml", String.join("\n", lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                       | it is empty",
                "[]                       | it holds no source",
                "'a: 1'                   | it must be a list: each source begins with '- name: ...'",
                "'- a'                    | line 1: a source is a map of fields",
                "'- {name: A, name: B}'   | line 1: the field name is given twice",
                "'- {[a]: b}'             | line 1: a field has a name",
                "'- {name: *nobody}'      | line 1: found undefined alias nobody",
                "'- &a {name: [*a]}'      | line 1: an alias that holds itself",
                "'- {name: A'             | line 1:",
                "'- {name: [[[[[[[[[[[[[[[' | line 1: lists and maps are nested too deeply"
            })
    void what_is_no_list_of_sources_is_refused_whole(String text, String said) {
        assertThatThrownBy(() -> yaml(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing was imported")
                .hasMessageContaining(said);
    }

    @Test
    void nothing_is_made_of_a_tag_and_an_alias_is_no_copy() throws IOException {
        SourceFile tagged = yaml(GOOD.replace("name: A", "name: !!java.net.URL [https://example.gov/]"));
        assertThat(tagged.problems().get(0).problem()).startsWith("name=(a list) is not allowed");
        assertThat(yaml(bomb(10) + "  fetch_type: *a9\n").problems()).hasSizeGreaterThan(10);
    }

    @Test
    void aliases_that_stand_for_more_than_can_be_looked_at_are_refused_with_their_line() {
        assertThatThrownBy(() -> yaml(bomb(100) + "  fetch_type: *a99\n"))
                .hasMessageContaining("nothing was imported: line 20: with what its aliases stand for it holds");
    }

    private static String bomb(int lines) {
        StringBuilder bomb = new StringBuilder("- metadata:\n    a0: &a0 [x, x]\n");
        for (int i = 1; i < lines; i++) {
            bomb.append("    a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return bomb.toString();
    }

    @Test
    void a_quote_that_is_never_closed_takes_no_source_in() {
        assertThatThrownBy(() -> read("s.csv", """
                        name,country,visa_type,url,fetch_type,ignore
                        A,GB,work,https://a.gov/,html,"Updated
                        B,GB,work,https://b.gov/,html,
                        """)).hasMessageContaining("nothing was imported: it is not CSV");
    }

    @Test
    void csv_says_the_same_with_a_line_a_selector() throws IOException {
        SourceFile csv = read(
                "s.CSV",
                "\uFEFFname,country,visa_type,url,fetch_type,check_frequency,cron,zone,content,minimum_share\r\n"
                        + "A,GB,work,https://a.gov/,html,,,,\"main\r\n#fees\",0.5\r\n"
                        + "B,GB,work,https://b.gov/,pdf,custom,0 0 6 * * ?,Europe/London,,\r\n"
                        + "C,GB,work,https://c.gov/,docx,,,,,\r\n");
        JsonNode first = csv.rows().get(0);
        assertThat(first.get("metadata").toString())
                .isEqualTo("{\"rules\":{\"content\":[\"main\",\"#fees\"],\"minimum_share\":0.5}}");
        assertThat(csv.rows().get(1).get("metadata").toString())
                .isEqualTo("{\"cron\":\"0 0 6 * * ?\",\"zone\":\"Europe/London\"}");
        assertThat(csv.problems())
                .extracting(SourceProblem::toString)
                .containsExactly("entry 3 (line 5): fetch_type=docx is not allowed. Allowed: one of html, pdf.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name;country\nA;GB\n", "name,country\nA\n", "name,name\nA,B\n", "name,country\n\"A,GB\n", ""})
    void csv_that_is_none_says_so(String text) {
        assertThatThrownBy(() -> {
                    SourceFile file = read("s.csv", text);
                    throw new IllegalArgumentException(file.problems().get(0).toString());
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.startsWith("name;") ? "Unknown field name;country" : "nothing was imported");
    }

    @Test
    void a_file_that_is_not_there_not_text_or_of_another_kind_is_refused() throws IOException {
        assertThatThrownBy(() -> SourceFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("it does not exist");
        Path latin = Files.write(folder.resolve("l.yaml"), "- name: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SourceFile.read(latin)).hasMessageContaining("it is not UTF-8");
        assertThatThrownBy(() -> read("s.json", "[]")).hasMessageContaining("must end with .yaml, .yml or .csv");
        assertThatThrownBy(() -> SourceFile.read(folder)).hasMessageContaining("must end with");
    }

    @Test
    void a_name_or_a_page_that_is_given_twice_is_told_with_its_first_place() throws IOException {
        SourceFile file = yaml(GOOD
                + GOOD.replace("/a", "/b")
                + GOOD.replace("name: A", "name: C").replace("www", "WWW"));
        assertThat(file.problems())
                .extracting(SourceProblem::toString)
                .containsExactly(
                        "entry 2 (line 2): name=A is not allowed. Allowed: a name of its own; entry 1 (line 1) has the same.",
                        "entry 3 (line 3): url=https://www.example.gov/a is not allowed. Allowed: one source a page, country"
                                + " and visa type; entry 1 (line 1) has the same.");
    }
}
