package dev.catchment.policy.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    @Test
    void are_read_from_the_metadata_of_a_source() {
        Rules rules = rules("{\"cron\": \"x\", \"rules\": {\"content\": [\"main\"], \"drop\": [\".ad\", \"#x > p\"],"
                + " \"ignore\": [\"^Last updated: .*$\"], \"minimum_share\": 0.5}}");
        assertThat(rules.content()).containsExactly("main");
        assertThat(rules.drop()).containsExactly(".ad", "#x > p");
        assertThat(rules.ignore()).extracting(Pattern::pattern).containsExactly("^Last updated: .*$");
        assertThat(rules.minimumShare()).isEqualTo(0.5);
        assertThat(rules.hashed("Fee 80\nLast updated: today\nEnd\n")).isEqualTo("Fee 80 End");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"rules\": null}", "{\"rules\": {}}"})
    void are_none_where_none_are_said(String metadata) {
        assertThat(rules(metadata)).isEqualTo(Rules.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[] ! rules must be an object",
                "{\"contents\": [\"main\"]} ! rules has no key contents",
                "{\"content\": \"main\"} ! rules.content must be a list of strings",
                "{\"drop\": [\"p\", 7]} ! rules.drop[1] must be a string that says something, not 7",
                "{\"drop\": [\" \"]} ! rules.drop[0] must be a string that says something",
                "{\"content\": [\"div[\"]} ! rules.content[0] cannot be read: div[",
                "{\"ignore\": [\"ok\", \"(\"]} ! rules.ignore[1] cannot be read: ( (Unclosed group",
                "{\"minimum_share\": 2} ! rules.minimum_share must be a number from 0 to 1, not 2",
                "{\"minimum_share\": \"0.1\"} ! rules.minimum_share must be a number from 0 to 1",
            })
    void say_which_of_them_cannot_be_used_and_why(String rules, String why) {
        assertThatThrownBy(() -> rules("{\"rules\": " + rules + "}"))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(why);
    }

    private static Rules rules(String metadata) {
        try {
            return Rules.of(new ObjectMapper().readTree(metadata));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
