package dev.catchment.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.policy.Pages;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.text.HtmlText;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list to begin with, and its rules on pages of the publishers it names. */
class ExampleSourcesTest {
    private static final SourceFile EXAMPLE = SourceFile.read(Path.of("docs", "examples", "policy-sources.yaml"));

    @Test
    void nothing_is_wrong_with_it() {
        assertThat(EXAMPLE.problems()).isEmpty();
        assertThat(EXAMPLE.rows()).hasSize(40);
    }

    @ParameterizedTest
    @CsvSource({
        "US USCIS Policy Manual updates, uscis-changes/2025-07-06T14-09-51-04-00_09d6c98_snapshots_policy.last.html, 100000",
        "US USCIS forms, uscis-forms-html/uscis-allforms-example.html, 5000",
        "US Form I-751, uscis-forms-html/i-694-detail-example.html, 2000",
        "US Visa Bulletin, visa-bulletin/visa-bulletin-for-march-2024.html, 15000"
    })
    void its_rules_leave_the_policy_and_drop_what_surrounds_it(String name, String page, int least) throws Exception {
        Document document = Jsoup.parse(new String(Pages.recorded(page), "UTF-8"), "https://www.example.gov/");
        int whole = HtmlText.of(document.clone(), Rules.NONE).text().length();
        String text = HtmlText.of(document, Rules.of(metadata(name))).text();
        assertThat(text.length()).isBetween(least, whole - 1);
        assertThat(text).doesNotContain("Was this page helpful", "Was this Page Helpful");
    }

    private static JsonNode metadata(String name) {
        return StreamSupport.stream(EXAMPLE.rows().spliterator(), false)
                .filter(row -> row.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .get("metadata");
    }
}
