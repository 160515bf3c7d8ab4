package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.settings.Setting;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages say what is true; {@code ./mvnw test -Dtest=ReadmeTest -Dupdate=true} writes the table of the settings. */
class ReadmeTest {
    private static final int FRONT_PAGE = 200;
    private static final String SETTINGS = "docs/settings.md";
    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->\n";
    private static final Pattern LINK = Pattern.compile("(?:]\\(|src=\"|srcset=\"|href=\")([^)\"\\s]+)[)\"]");

    @Test
    void the_front_page_is_short() {
        assertThat(Tree.text("README.md").lines()).hasSizeBetween(50, FRONT_PAGE);
    }

    @Test
    void the_settings_table_is_that_of_application_properties() throws IOException {
        String page = Tree.text(SETTINGS);
        assertThat(page).contains(BEGIN, END);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String written = before + table() + after;
        if (Boolean.getBoolean("update")) {
            Files.writeString(Tree.ROOT.resolve(SETTINGS), written);
        } else {
            assertThat(page)
                    .as("To write the table: ./mvnw test -Dtest=ReadmeTest -Dupdate=true")
                    .isEqualTo(written);
        }
    }

    /** A table for each first word of the keys. */
    private static String table() {
        List<Setting> settings = Settings.declared();
        assertThat(settings).hasSizeGreaterThan(20);
        Map<String, List<Setting>> parts = settings.stream()
                .collect(Collectors.groupingBy(ReadmeTest::part, LinkedHashMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder();
        parts.forEach((part, of) -> {
            page.append("\n### %s\n\n".formatted(part));
            page.append("| Setting | What it does | Default | Allowed |\n|---|---|---|---|\n");
            of.forEach(setting -> page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            setting.key(),
                            setting.description(),
                            quoted(setting.defaultValue()),
                            setting.rule().toString().replace("|", ", "))));
        });
        return page.append('\n').toString();
    }

    private static String part(Setting setting) {
        String word = setting.key().split("\\.")[0];
        return word.equals("data") || word.equals("log") ? "General" : "`" + word + "`";
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    @Test
    void the_settings_of_the_front_page_exist_and_have_these_defaults() {
        List<MatchResult> rows = Pattern.compile("(?m)^\\| `([a-z.-]+\\.[a-z.-]+)` \\| (.*?) \\|")
                .matcher(Tree.text("README.md").split("\n## Five settings", 2)[1])
                .results()
                .toList();
        assertThat(rows).hasSize(5);
        assertThat(rows)
                .allSatisfy(row -> assertThat(Settings.declared())
                        .anyMatch(setting -> setting.key().equals(row.group(1))
                                && quoted(setting.defaultValue()).equals(row.group(2))));
    }

    @Test
    void every_room_has_its_page() {
        String readme = Tree.text("README.md");
        assertThat(Tree.rooms()).isNotEmpty().allSatisfy(room -> {
            String page = "docs/rooms/" + room + ".md";
            assertThat(Tree.text(page)).startsWith("# `" + room + "`");
            assertThat(readme).contains("(" + page + ")");
        });
    }

    @Test
    void every_link_leads_somewhere() {
        List<String> pages = Tree.files("", ".md");
        assertThat(pages).contains("README.md", SETTINGS, "docs/cli.md", "docs/operations.md");
        List<String> broken = new ArrayList<>();
        for (String page : pages) {
            List<String> links = LINK.matcher(prose(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.matches("[a-z]+:.*"))
                    .toList();
            links.stream().filter(link -> !leadsSomewhere(page, link)).forEach(link -> broken.add(page + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void a_link_to_nowhere_is_found() {
        assertThat(leadsSomewhere("docs/settings.md", "../README.md")).isTrue();
        assertThat(leadsSomewhere("docs/settings.md", "../README.md#commands")).isTrue();
        assertThat(leadsSomewhere("docs/settings.md", "README.md")).isFalse();
        assertThat(leadsSomewhere("docs/settings.md", "../README.md#no-such-heading"))
                .isFalse();
        assertThat(leadsSomewhere("docs/settings.md", "#secrets")).isTrue();
    }

    private static boolean leadsSomewhere(String page, String link) {
        String[] parts = link.split("#", 2);
        Path folder = Path.of(page).resolveSibling("");
        String target = parts[0].isEmpty()
                ? page
                : folder.resolve(parts[0]).normalize().toString().replace('\\', '/');
        return Tree.exists(target)
                && (parts.length == 1
                        || !target.endsWith(".md")
                        || anchors(target).contains(parts[1]));
    }

    /** The anchors that the headings of a page have on GitHub. */
    private static List<String> anchors(String page) {
        List<String> anchors = new ArrayList<>();
        prose(page).lines().filter(line -> line.matches("#{1,6} .*")).forEach(heading -> {
            String anchor = heading.replaceFirst("#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = Collections.frequency(anchors, anchor);
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    /** A page without its blocks of code. */
    private static String prose(String page) {
        StringBuilder prose = new StringBuilder();
        boolean[] code = {false};
        Stream<String> lines = Tree.text(page).lines();
        lines.forEach(line -> {
            boolean fence = line.strip().startsWith("```");
            code[0] ^= fence;
            if (!fence && !code[0]) {
                prose.append(line).append('\n');
            }
        });
        return prose.toString();
    }
}
