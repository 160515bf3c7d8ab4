package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class TextRulesTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.catchment");

    /** Not ours: the Maven wrapper, as its makers publish it. */
    private static final String FOREIGN = "(mvnw|mvnw\\.cmd)";

    private static final String BINARY = ".*\\.(gz|zip|pdf|png|jpg|jar)";

    private static final List<String> OURS = Tree.files("").stream()
            .filter(file -> !file.matches(FOREIGN) && !file.matches(BINARY))
            .toList();
    /** Put together, so that this file does not hold them. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME)\\b");

    private static final Pattern ABSOLUTE =
            Pattern.compile("(?<![\\w.{}$)/:-])/(home|" + "root|Users|work|mnt|opt|srv)/\\w|[A-Z]:\\\\\\\\\\w");

    @Test
    void nothing_unfinished_is_left() {
        assertNone(UNFINISHED);
    }

    @Test
    void no_path_of_one_machine_is_written_down() {
        assertNone(ABSOLUTE);
    }

    @Test
    void a_line_ends_where_its_words_end_and_a_file_with_a_line() {
        List<String> wrong = new ArrayList<>();
        for (String file : OURS) {
            String text = Tree.text(file);
            if (text.contains("\r") || text.contains("\t") || !text.isEmpty() && !text.endsWith("\n")) {
                wrong.add(file + ": carriage return, tab, or no line end at the end");
            }
            text.lines().filter(line -> line.endsWith(" ")).forEach(line -> wrong.add(file + ": " + line));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void what_is_run_can_be_run() {
        assertThat(List.of("catchment", "mvnw", ".ci/run"))
                .allSatisfy(script -> assertThat(Files.isExecutable(Tree.ROOT.resolve(script)))
                        .as(script)
                        .isTrue());
    }

    @Test
    void a_test_is_a_sentence() {
        List<String> names = TESTS.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class))
                .map(JavaMethod::getName)
                .toList();
        assertThat(names).hasSizeGreaterThan(100).allMatch(name -> name.matches("[a-z0-9]+(_[a-zA-Z0-9]+)+"));
    }

    /** {@code ./mvnw test -DexcludedGroups=process} leaves them out. */
    @Test
    void a_test_that_starts_processes_says_so() {
        List<JavaClass> tests = TESTS.stream()
                .filter(type -> type.getSimpleName().endsWith("Test"))
                .filter(TextRulesTest::startsProcesses)
                .toList();
        assertThat(tests)
                .hasSizeGreaterThan(5)
                .allMatch(type -> type.tryGetAnnotationOfType(Tag.class)
                        .map(tag -> tag.value().equals("process"))
                        .orElse(false));
    }

    private static boolean startsProcesses(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass())
                .anyMatch(used -> List.of("CrawlProcess", "LostProcess").contains(used.getSimpleName()));
    }

    @Test
    void a_test_folder_is_a_package_or_a_room_of_the_house() {
        List<String> folders = new ArrayList<>(Tree.rooms());
        folders.addAll(List.of(
                "flow",
                "schema",
                "settings",
                "text",
                "cli",
                "errors",
                "http",
                "postgres",
                "reader",
                "routes",
                "sql",
                "house",
                "support",
                "benchmark",
                "lab"));
        assertThat(Tree.files("src/test/java/dev/catchment", ".java"))
                .allMatch(file -> folders.contains(file.split("/")[5]));
    }

    private static void assertNone(Pattern pattern) {
        List<String> hits = new ArrayList<>();
        for (String file : OURS) {
            Tree.text(file)
                    .lines()
                    .filter(line -> pattern.matcher(line).find())
                    .forEach(line -> hits.add(file + ": " + line.strip()));
        }
        assertThat(OURS).hasSizeGreaterThan(100);
        assertThat(hits).isEmpty();
    }
}
