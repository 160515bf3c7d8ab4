package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Setting;
import dev.catchment.cli.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what is true; {@code ./mvnw test -Dtest=ReadmeTest -Dupdate=true} writes its settings table anew. */
class ReadmeTest {
    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->\n";

    @Test
    void the_settings_table_is_that_of_application_properties() throws IOException {
        String readme = Tree.text("README.md");
        assertThat(readme).contains(BEGIN, END);
        String before = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
        String after = readme.substring(readme.indexOf(END));
        String written = before + table() + after;
        if (Boolean.getBoolean("update")) {
            Files.writeString(Tree.ROOT.resolve("README.md"), written);
        } else {
            assertThat(readme)
                    .as("To write the table anew: ./mvnw test -Dtest=ReadmeTest -Dupdate=true")
                    .isEqualTo(written);
        }
    }

    private static String table() {
        List<Setting> settings = Settings.declared();
        assertThat(settings).hasSizeGreaterThan(20);
        return settings.stream()
                .map(setting -> "| `%s` | %s | %s | %s |%n"
                        .formatted(
                                setting.key(),
                                setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                setting.description(),
                                setting.rule().toString().replace("|", ", ")))
                .collect(Collectors.joining(
                        "", "| Setting | Default | What it does | Allowed |\n|---|---|---|---|\n", ""));
    }

    @Test
    void every_room_has_its_heading() {
        List<String> headings = Tree.text("README.md")
                .lines()
                .filter(line -> line.startsWith("#"))
                .toList();
        assertThat(Tree.rooms())
                .allSatisfy(
                        room -> assertThat(headings).anyMatch(heading -> heading.matches("#+ `?" + room + "`?\\b.*")));
    }

    @Test
    void every_link_leads_somewhere() {
        List<String> pages = Tree.files("", ".md");
        assertThat(pages).contains("README.md");
        for (String page : pages) {
            String folder = page.contains("/") ? page.substring(0, page.lastIndexOf('/') + 1) : "";
            Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)")
                    .matcher(Tree.text(page))
                    .results()
                    .forEach(link -> assertThat(Tree.exists(folder + link.group(1)))
                            .as(page + ": " + link.group(1))
                            .isTrue());
        }
    }
}
