package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.rows;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.Counts;
import dev.catchment.support.SeedRig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedRejectTest {
    private static final String ONE = asset("aaaa-2222", "a.example.gov");
    private static final String THREE = asset("cccc-2222", "c.example.gov");

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no-asset-key  | {'type':'asset','source_key':'b.example.gov'}",
                "no-asset-key  | {'type':'asset','asset_key':' ','source_key':'b.example.gov'}",
                "no-source-key | {'type':'asset','asset_key':'bbbb-2222'}",
                "no-source-key | {'type':'asset','asset_key':'bbbb-2222','source_key':null}",
                "no-source-key | {'type':'source','name':'B'}",
                "no-source-key | {}",
                "wrong-type    | {'type':'asset','asset_key':17,'source_key':'b.example.gov'}",
                "wrong-type    | {'type':'asset','asset_key':'bbbb-2222','source_key':['b.example.gov']}",
                "wrong-type    | {'type':'asset','asset_key':'bbbb-2222','source_key':'b.example.gov','name':{}}",
                "wrong-type    | {'type':'asset','asset_key':'bbbb-2222','source_key':'b.example.gov','n':1e400000}",
                "wrong-type    | 17",
                "wrong-type    | null",
                "wrong-type    | [[]]",
                "bad-date      | {'type':'asset','asset_key':'bbbb-2222','source_key':'b.gov','modified':'soon'}",
                "nul-character | {'type':'asset','asset_key':'bbbb-2222','source_key':'b.gov','n':'\\u0000'}",
                "bad-unicode   | {'type':'asset','asset_key':'bbbb-2222','source_key':'b.gov','n':'\\ud800'}",
                "no-source     | {'type':'asset','asset_key':'bbbb-2222','source_key':'the city'}",
                "not-json      | {'type':'asset','asset_key':'bbbb-2222','source_key':'b.gov','n':1,}",
                "not-json      | {'type':'asset' 'asset_key':'bbbb-2222'}",
            })
    void a_bad_record_is_kept_with_its_reason_while_the_file_goes_on(String reason, String quoted) throws Exception {
        String bad = quoted.replace('\'', '"');
        Path lines = RIG.lines("index.ndjson", List.of(ONE, bad, THREE));
        expectOneReject(lines, reason, "line 2", bad);
        RIG.service();
        dev.catchment.support.TestDatabase.empty();
        Path array =
                RIG.file("index.json", "{\"assets\":[" + ONE + "],\"x\":0,\"results\":[" + THREE + "," + bad + "]}");
        expectOneReject(
                array, reason.equals("no-source-key") && !bad.contains("bbbb") ? null : reason, "results[1]", bad);
    }

    private static void expectOneReject(Path file, String reason, String position, String record) throws Exception {
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 3, added 2, rejected 1");
        assertThat(texts("select asset_key from registry.assets order by 1")).containsExactly("aaaa-2222", "cccc-2222");
        Map<String, Object> reject = rows("select * from ops.rejects").get(0);
        JsonNode line = new ObjectMapper().readTree(Files.readString(beside(file)));
        assertThat(Files.readString(beside(file))).hasLineCount(1).endsWith("}\n");
        assertThat(reject).containsEntry("position", position).containsEntry("severity", "warning");
        assertThat(line.get("position").asText()).isEqualTo(position);
        if (reason != null) {
            assertThat(reject).containsEntry("reason", reason);
            assertThat(line.get("reason").asText()).isEqualTo(reason);
        }
        assertThat(line.get("message").asText())
                .isEqualTo(reject.get("message"))
                .isNotBlank();
        assertThat(line.get("record").asText()).isEqualTo(reject.get("record"));
        if (!"no-source".equals(reason)) { // that one is kept as jsonb while it waits
            assertThat(reject).containsEntry("record", record);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".rejects.ndjson");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json at all", "{\"type\":\"asset\"", "]", "}", "\"", "{\"a\":\"\\"})
    void a_line_that_is_no_json_costs_no_other_line(String bad) throws Exception {
        Path file = RIG.lines("index.ndjson", List.of(ONE, bad, THREE));
        expectOneReject(file, "not-json", "line 2", bad);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x80, 0xC0, 0xE9, 0xFE, 0xFF})
    void a_byte_that_is_no_text_costs_no_other_line(int bad) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                (ONE + "\n{\"type\":\"asset\",\"asset_key\":\"bbbb-2222\",\"n\":\"").getBytes(StandardCharsets.UTF_8));
        out.write(bad);
        out.writeBytes(("\"}\n" + THREE + "\n").getBytes(StandardCharsets.UTF_8));
        Path file = RIG.file("index.ndjson", out.toByteArray());
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 3, added 2, rejected 1");
        assertThat(text("select reason || position from ops.rejects"))
                .isEqualTo((bad == 0 ? "nul-character" : "bad-unicode") + "line 2");
        assertThat(Files.readString(beside(file))).contains("bbbb-2222").hasLineCount(1);
    }
}
