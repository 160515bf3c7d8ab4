package dev.catchment.flow.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.kind.KindFile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {
    private final PageReader reader =
            new PageReader(KindFile.read("made-up.kind.yaml", """
                    kind: made-up
                    title: Made up
                    request: { url: "{source.url}" }
                    page: { by: link, next: /next, end: [no-next] }
                    records: /result/results
                    total: /result/count
                    key: { at: [/id] }
                    modified: { at: /meta/when }
                    """).kind());

    private RecordPage read(String json) {
        return reader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void records_total_key_and_moment_are_found_wherever_the_pointers_lead() {
        RecordPage page = read(
                "{\"count\":9,\"results\":[1],\"success\":true,\"result\":{\"sort\":{\"id\":\"x\"},\"results\":"
                        + "[{\"meta\":{\"id\":\"no\",\"when\":\"2026\"},\"id\":\"é\"}, {\"id\":\"b\",\"meta\":[]},7],\"count\":3}}");
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.records()).extracting(RawRecord::key).containsExactly("é", "b", null);
        assertThat(page.records()).extracting(RawRecord::updatedAt).containsExactly("2026", null, null);
        assertThat(page.records())
                .extracting(RawRecord::text)
                .containsExactly(
                        "{\"meta\":{\"id\":\"no\",\"when\":\"2026\"},\"id\":\"é\"}", "{\"id\":\"b\",\"meta\":[]}", "7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":{\"count\":0}}",
                "{\"result\":[]}",
                "{\"results\":[]}",
                "[]",
                "{\"result\":{\"results\":[{\"id\":\"a\"}",
                "{\"result\":{\"results\":[]}}{}",
                "<html>"
            })
    void what_is_no_page_is_asked_for_again(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(TransientFailure.class);
    }
}
