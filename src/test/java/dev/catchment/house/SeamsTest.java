package dev.catchment.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The parts of a room: a package holds what is read together, and who uses whom goes one way. */
class SeamsTest {
    private static final String OURS = "dev.catchment.";
    private static final int MOST_TYPES = 30;
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.catchment");

    /** Of each room with parts: a part uses those of the lines below its own, none of its line and none above. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "catalog", List.of("catalog catalog.standin", "catalog.asset", "catalog.agency"),
            "export", List.of("export", "export.file"),
            "flow",
                    List.of(
                            "flow.transport",
                            "flow.standin flow.walk",
                            "flow.decode flow.field flow.hash flow.kind flow.mail flow.manage",
                            "flow"),
            "harvest", List.of("harvest", "harvest.source"),
            "registry", List.of("registry", "registry.file"),
            "names", List.of("names", "names.reading", "names.publisher", "names.format", "names.file", "names.figure"),
            "policy",
                    List.of(
                            "policy policy.mail",
                            "policy.judge policy.source",
                            "policy.diff policy.visit",
                            "policy.text",
                            "policy.page"),
            "postgres", List.of("postgres", "postgres.embedded postgres.rows", "postgres.connection"),
            "web", List.of("web", "web.console web.server", "web.api", "web.gate"),
            "cli",
                    List.of(
                            "cli",
                            "cli.catalog cli.export cli.harvest cli.mcp cli.names cli.policy cli.postgres cli.registry cli.web cli.webhooks",
                            "cli.kinds",
                            "cli.session",
                            "cli.output"));

    @Test
    void a_part_uses_those_below_it_alone() {
        PARTS.forEach((room, lines) -> {
            for (int i = 0; i < lines.size(); i++) {
                Set<String> notBelow = names(lines.subList(0, i + 1));
                for (String part : lines.get(i).split(" ")) {
                    String[] forbidden = notBelow.stream()
                            .filter(other -> !other.equals(part))
                            .map(other -> OURS + other)
                            .toArray(String[]::new);
                    if (forbidden.length > 0) {
                        noClasses()
                                .that()
                                .resideInAPackage(OURS + part)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden)
                                .check(CLASSES);
                    }
                }
            }
        });
    }

    @Test
    void every_part_of_a_room_has_its_place() {
        Set<String> withParts = packages().stream()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toSet());
        assertThat(PARTS).containsOnlyKeys(withParts);
        PARTS.forEach((room, lines) -> assertThat(names(lines))
                .isEqualTo(packages().stream()
                        .filter(name -> name.equals(room) || name.startsWith(room + "."))
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(OURS + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void a_package_holds_what_is_read_together() {
        Map<String, Long> sizes = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes)
                .hasSizeGreaterThan(20)
                .allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void text_uses_nothing_of_ours() {
        usesOnly("text", OURS + "text..");
    }

    @Test
    void schema_uses_text_alone() {
        usesOnly("schema", OURS + "schema..", OURS + "text..");
    }

    @Test
    void settings_know_no_room() {
        usesOnly("settings", OURS + "settings..", OURS + "text..", OURS + "postgres..");
    }

    @Test
    void flow_knows_no_room() {
        usesOnly(
                "flow",
                OURS + "flow..",
                OURS + "errors..",
                OURS + "http..",
                OURS + "postgres..",
                OURS + "schema..",
                OURS + "text..");
    }

    /** What a record of the one source holds is said by its room; the floor walks any. */
    @Test
    void flow_and_the_shared_routes_know_no_field_of_a_source() {
        List<String> files = new ArrayList<>(Tree.files("src/main/java/dev/catchment/flow", ".java"));
        files.addAll(Tree.files("routes/shared", ".yaml"));
        assertThat(files)
                .hasSizeGreaterThan(40)
                .allSatisfy(file -> assertThat(Tree.text(file))
                        .as(file)
                        .doesNotContainPattern(
                                "(?i)socrata|discovery api|scroll_id|domain_tags|page_views|resource\\.(id|name)"
                                        + "|\\bcatalog[./](?!jsonld)|\\b(us|eu)\\b.*region"));
    }

    private static void usesOnly(String floor, String... allowed) {
        noClasses()
                .that()
                .resideInAPackage(OURS + floor + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + ".").and(not(resideInAnyPackage(allowed))))
                .check(CLASSES);
    }

    private static Set<String> names(List<String> lines) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of ours, from the room on. */
    private static Set<String> packages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(OURS))
                .map(name -> name.substring(OURS.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
