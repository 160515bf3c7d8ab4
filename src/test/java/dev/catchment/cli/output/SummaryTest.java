package dev.catchment.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void the_text_of_a_run_ends_with_its_error_and_its_note() {
        Map<String, Object> run = new HashMap<>(Map.of("run", 3L, "flow", "crawl", "scope", "us"));
        for (String count : "seen added updated unchanged restored rejected skipped retired bytes".split(" ")) {
            run.put(count, 0L);
        }
        run.put("status", "succeeded");
        run.put("note", "Nothing was retired: …");
        assertThat(Summary.text(run)).endsWith("note: Nothing was retired: …").doesNotContain("error");
        run.put("error", "HTTP 503");
        assertThat(Summary.text(run)).contains("error: HTTP 503").contains("note: ");
    }
}
