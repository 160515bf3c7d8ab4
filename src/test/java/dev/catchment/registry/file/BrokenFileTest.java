package dev.catchment.registry.file;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.support.Assets;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.Counts;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenFileTest {
    private static final String ONE = asset("aaaa-2222", "a.gov");
    private static final String TWO = asset("bbbb-2222", "a.gov");
    private static final String THREE = asset("cccc-2222", "a.gov");

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`sources`:[],\n `assets`:[\n1,\n2,\n3]}\n",
                "[\n1,\n2,\n  3\n]",
                "1\n2\n3\n",
                "1\r\n\n2\n3",
                "\uFEFF{`results`:[1,2,3]}"
            })
    void keeps_what_came_before_the_break_and_is_completed_by_the_mended_file(String form) {
        String whole = form.replace('`', '"')
                .replace("1", ONE)
                .replace("2,", TWO + ",")
                .replace("2\n", TWO + "\n");
        whole = whole.replaceFirst("(?<=[,\\[\\n ])3(?=[\\]\\n]|$)", THREE);
        String cut = whole.substring(0, whole.lastIndexOf("updated_at"));
        Map<String, Object> summary = RIG.seed(RIG.file("index", cut));
        assertThat(Counts.of(summary)).isEqualTo("failed: seen 2, added 2");
        expectBreakAtEnd(cut, (String) summary.get("error"));
        assertThat(Counts.of(RIG.seed(RIG.file("index", cut))))
                .as("dropped again")
                .startsWith("failed");
        assertThat(Counts.of(RIG.seed(RIG.file("index", whole)))).isEqualTo("succeeded: seen 3, added 1, unchanged 2");
    }

    private static void expectBreakAtEnd(String cut, String error) {
        String lastLine = cut.substring(cut.lastIndexOf('\n') + 1).replace("\uFEFF", "");
        assertThat(error)
                .contains("is truncated at line %d, column %d, byte %d."
                        .formatted(
                                cut.chars().filter(c -> c == '\n').count() + 1,
                                lastLine.length() + 1,
                                cut.getBytes(StandardCharsets.UTF_8).length))
                .contains("What came before it is kept; seed the corrected file again to complete it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                   | The file is empty at line 1, column 1, byte 0.",
                "' \n '               | The file is empty at line 2, column 2, byte 3.",
                "hello, world         | The file is not JSON: it begins with neither { nor [ at line 1, column 1, byte 0.",
                "<html></html>        | The file is not JSON",
                "{ 17 }               | Expected a key at line 1, column 3, byte 2.",
                "{\"a\" 1}            | Expected a colon at line 1, column 6, byte 5.",
                "{\"assets\":[]} {}   | Something follows the end of the index at line 1, column 15, byte 14.",
                "[]                   | Nothing in index could be used: 0 records were rejected. Is it an index file?",
                "[{},17]              | Nothing in index could be used: 2 records were rejected. Is it an index file?",
                "{\"x\":{\"y\":[1]}}  | Nothing in index could be used: 1 records were rejected.",
                "{\"sources\":[]}     | Nothing in index could be used: 0 records were rejected."
            })
    void a_file_of_which_nothing_is_usable_fails_and_says_why(String content, String error) {
        Map<String, Object> summary = RIG.seed(RIG.file("index", content));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).startsWith(error);
        assertThat(number("select count(*) from registry.files")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7f 45 4c 46", "50 4b 03 04", "00 00", "ff ff ff ff", "89 50 4e 47"})
    void a_binary_file_fails_and_says_why(String bytes) {
        byte[] content = java.util.HexFormat.ofDelimiter(" ").parseHex(bytes);
        Map<String, Object> summary = RIG.seed(RIG.file("index", content));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).startsWith("The file is not JSON: it begins with neither { nor [");
    }

    @Test
    void a_file_at_fault_is_not_told_to_go_on() {
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            for (String content : List.of(ONE + "\n{\"id", "[{}]", "{ 17 }")) {
                RIG.seed(RIG.file("index", content));
            }
            assertThat(log.ours(Level.ERROR))
                    .hasSize(3)
                    .allMatch(line -> line.contains(
                            "The run failed, and the next one fails too, until the cause is fixed. error="))
                    .noneMatch(line -> line.contains("goes on"));
        }
    }

    @Test
    void a_broken_file_settles_what_waits_for_its_source() {
        String city = asset("dddd-2222", "the city");
        RIG.seed(RIG.file("index", String.join("\n", List.of(city, IndexFiles.source("the city", "C"), ONE, "{\"id"))));
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2);
        assertThat(number("select count(*) from registry.orphans")).isZero();
        assertThat(Assets.id(1)).isEqualTo("2222-2223");
    }
}
