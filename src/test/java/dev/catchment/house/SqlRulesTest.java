package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlRulesTest {
    private static final List<String> STATEMENTS = Tree.files("sql/statements", ".sql");
    private static final String VERBS =
            "apply|beat|claim|close|compare|count|delete|describe|find|insert|join|list|merge|open|publish|refresh|release|remap|"
                    + "retire|settle|take|undo|update|upsert|verify";
    private static final Pattern HEADER =
            Pattern.compile("(?s)((?:-- [^\n]+\n)+?)-- In:  (.+?)\n-- Out: (.+?)\n(?!--)(.*)");
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");
    private static final Pattern SQL =
            Pattern.compile("(?is)\\s*(with \\w+ as|(select|insert into|update|delete from|create|drop|alter|truncate|"
                    + "show|copy|vacuum|grant|revoke|lock table|notify|listen) \\w).*");
    private static final Pattern LITERAL = Pattern.compile("(?s)\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    /** Where Java holds SQL all the same. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "postgres/DatabaseCheck.java",
                    "asks a server for its version before there is a schema to have statements for",
            "postgres/Schema.java", "forgets a step in Flyway's own table, in the transaction that undoes it",
            "postgres/embedded/ServerDatabase.java", "makes role and database, before there is anything else",
            "cli/DemoCommand.java", "prints queries for a reader to try; it runs none of them",
            "cli/KindDemo.java", "prints queries for a reader to try; it runs none of them");

    @Test
    void a_statement_is_named_for_its_verb_and_lies_in_its_room() {
        assertThat(STATEMENTS)
                .allMatch(file -> file.matches(
                        "sql/statements/(" + String.join("|", Tree.rooms()) + ")/(" + VERBS + ")(-[a-z0-9]+)+\\.sql"));
    }

    @Test
    void a_statement_opens_with_one_sentence_what_comes_in_and_what_comes_out() {
        assertThat(STATEMENTS).allSatisfy(file -> {
            assertThat(Tree.text(file)).as(file).matches(HEADER);
            String sentence = header(file, 1).replaceAll("-- |\n", " ").strip();
            assertThat(sentence).as(file).matches("[A-Z][a-z]+s\\b[^.]*\\.");
        });
    }

    @Test
    void the_header_names_the_parameters_the_statement_takes() {
        assertThat(STATEMENTS).allSatisfy(file -> {
            Set<String> taken = parameters(header(file, 4));
            String in = header(file, 2);
            assertThat(in.equals("nothing")).as(file).isEqualTo(taken.isEmpty());
            assertThat(taken).as(file).allMatch(name -> in.matches("(?s).*\\b" + name + "\\b.*"));
            assertThat(announced(in)).as(file).allMatch(taken::contains);
        });
    }

    /** The names before each type, without what stands in brackets. */
    private static Set<String> announced(String in) {
        String plain = in.replaceAll("\n-- *", " ").replaceAll("\\([^()]*\\)|\\[.*?]|\\{.*?}", "");
        return Pattern.compile("(\\w+(?:, \\w+)*) (?:text|bigint|integer|boolean|jsonb|timestamptz|numeric)\\b")
                .matcher(plain)
                .results()
                .flatMap(found -> Set.of(found.group(1).split(", ")).stream())
                .collect(Collectors.toSet());
    }

    @Test
    void every_statement_is_used_and_every_used_one_exists() {
        Set<String> exist = STATEMENTS.stream()
                .map(file -> file.substring("sql/statements/".length()).replace(".sql", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = new TreeSet<>();
        Stream.concat(
                        RouteFile.routes().stream().map(RouteFile.Route::node),
                        RouteFile.all().stream().flatMap(file -> file.things("routeConfiguration").stream()))
                .forEach(node -> RouteFile.walk(node, (key, value) -> {
                    if (key.equals("uri") && value.asText().matches("(statement|read):.*")) {
                        used.add(value.asText().replaceFirst("^[a-z]+:", "").replaceFirst("\\?.*", ""));
                    }
                }));
        assertThat(used).as("statements named in routes").hasSizeGreaterThan(20);
        collect(used, "src/main/java", ".java", "\"((?:" + String.join("|", Tree.rooms()) + ")/[a-z0-9-]+)\"");
        assertThat(used).isEqualTo(exist);
    }

    private static void collect(Set<String> used, String folder, String ending, String pattern) {
        int before = used.size();
        Tree.files(folder, ending)
                .forEach(file -> Pattern.compile(pattern)
                        .matcher(Tree.text(file))
                        .results()
                        .forEach(found -> used.add(found.group(1))));
        assertThat(used.size()).as("statements named in " + folder).isGreaterThan(before);
    }

    @Test
    void no_route_holds_sql() {
        List<RouteFile> files = RouteFile.all();
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> RouteFile.walk(file.tree(), (key, value) -> {
                    if (value.isTextual() && !key.equals("description") && !key.equals("message")) {
                        assertThat(value.asText()).as(file.file()).doesNotMatch(SQL);
                    }
                }));
    }

    @Test
    void no_class_holds_sql_but_for_listed_reasons() {
        Set<String> holders = Tree.files("src/main/java", ".java").stream()
                .filter(file -> literals(Tree.text(file))
                        .anyMatch(text -> SQL.matcher(text).matches()))
                .map(file -> file.substring("src/main/java/dev/catchment/".length()))
                .collect(Collectors.toSet());
        assertThat(holders).isEqualTo(EXCEPTIONS.keySet());
    }

    private static java.util.stream.Stream<String> literals(String java) {
        return LITERAL.matcher(java).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1));
    }

    private static Set<String> parameters(String sql) {
        return PARAMETER.matcher(sql).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static String header(String file, int group) {
        MatchResult match =
                HEADER.matcher(Tree.text(file)).results().findFirst().orElseThrow();
        return match.group(group);
    }
}
