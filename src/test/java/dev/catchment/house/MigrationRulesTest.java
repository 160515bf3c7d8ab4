package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MigrationRulesTest {
    private static final List<String> UP = Tree.files("sql/schema/up");
    private static final List<String> VIEWS = Tree.files("sql/schema/views");

    @Test
    void a_migration_is_named_for_its_number_verb_and_object() {
        assertThat(UP)
                .allMatch(file -> file.matches(
                        "sql/schema/up/V\\d{3}__(create|add|alter|drop|move|rename|split|fill)(_[a-z0-9]+)+\\.sql"));
    }

    @Test
    void numbers_follow_each_other() {
        assertThat(UP.stream().map(file -> Integer.valueOf(Tree.stem(file).substring(1, 4))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, UP.size()).boxed().toList());
    }

    @Test
    void every_up_has_a_down_of_the_same_name() {
        assertThat(Tree.files("sql/schema/down"))
                .extracting(file -> file.replace("/down/", "/up/"))
                .containsExactlyElementsOf(UP);
    }

    @Test
    void a_file_of_views_or_functions_is_named_for_its_room() {
        assertThat(VIEWS)
                .allMatch(file -> file.matches("sql/schema/views/R__(" + String.join("|", Tree.rooms())
                        + ")_(views|functions|mapping|search|history|sources)\\.sql"));
    }

    @Test
    void a_room_makes_its_own_schema() {
        // What only reads keeps nothing.
        List<String> keeping = Tree.rooms().stream()
                .filter(room -> !Set.of("export", "mcp").contains(room))
                .toList();
        assertThat(keeping)
                .allSatisfy(room -> assertThat(UP)
                        .anySatisfy(file -> assertThat(Tree.text(file)).contains("create schema " + room + ";")));
    }

    @Test
    void a_file_opens_with_what_it_does() {
        assertThat(Tree.files("sql/schema", ".sql"))
                .hasSizeGreaterThan(4)
                .allSatisfy(file -> assertThat(Tree.text(file)).as(file).matches("(?s)-- [A-Z][^\n]+\\.\n.*"));
    }

    @Test
    void every_table_says_what_it_is_for() {
        assertThat(UP).allSatisfy(file -> {
            String sql = Tree.text(file);
            java.util.regex.Pattern.compile("(?m)^create table (\\S+) ")
                    .matcher(sql)
                    .results()
                    .forEach(
                            table -> assertThat(sql).as(file).contains("comment on table " + table.group(1) + " is '"));
        });
    }

    @Test
    void every_index_has_its_reason() {
        assertThat(UP).allSatisfy(file -> {
            List<String> lines = Tree.text(file).lines().toList();
            IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).matches("create (unique )?index .*"))
                    .forEach(i -> assertThat(lines.get(i - 1))
                            .as(file + ": above " + lines.get(i))
                            .startsWith("-- "));
        });
    }
}
