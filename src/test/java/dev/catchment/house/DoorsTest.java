package dev.catchment.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.catchment.web.gate.WebRequest;
import org.junit.jupiter.api.Test;

/** Who may use whom: routes are the only place where rooms meet. */
class DoorsTest {
    private static final String OURS = "dev.catchment..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.catchment");

    @Test
    void there_is_something_to_see() {
        assertThat(CLASSES.size()).isGreaterThan(80);
    }

    @Test
    void nobody_uses_the_command_line() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.catchment.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.catchment.cli..")
                .check(CLASSES);
    }

    @Test
    void a_room_uses_the_floor_and_no_other_room() {
        for (String room : Tree.rooms()) {
            String own = "dev.catchment." + room + "..";
            DescribedPredicate<JavaClass> others = resideInAPackage(OURS)
                    .and(not(resideInAnyPackage(
                            own,
                            "dev.catchment.errors..",
                            "dev.catchment.http..",
                            "dev.catchment.flow..",
                            "dev.catchment.text..",
                            "dev.catchment.schema..",
                            "dev.catchment.reader..",
                            "dev.catchment.postgres.rows..")));
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(others)
                    .check(CLASSES);
        }
    }

    @Test
    void errors_use_nothing_of_ours() {
        noClasses()
                .that()
                .resideInAPackage("dev.catchment.errors..")
                .should()
                .dependOnClassesThat(resideInAPackage(OURS).and(not(resideInAPackage("dev.catchment.errors.."))))
                .check(CLASSES);
    }

    @Test
    void http_uses_errors_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.catchment.http..")
                .should()
                .dependOnClassesThat(resideInAPackage(OURS)
                        .and(not(resideInAnyPackage("dev.catchment.errors..", "dev.catchment.http.."))))
                .check(CLASSES);
    }

    @Test
    void a_reader_uses_errors_alone_and_knows_no_room() {
        noClasses()
                .that()
                .resideInAPackage("dev.catchment.reader..")
                .should()
                .dependOnClassesThat(resideInAPackage(OURS)
                        .and(not(resideInAnyPackage("dev.catchment.errors..", "dev.catchment.reader.."))))
                .check(CLASSES);
    }

    @Test
    void postgres_uses_text_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.catchment.postgres..")
                .should()
                .dependOnClassesThat(resideInAPackage(OURS)
                        .and(not(resideInAnyPackage("dev.catchment.text..", "dev.catchment.postgres.."))))
                .check(CLASSES);
    }

    /** A DataSource may be handed on; what is done with it is done in postgres or by a route. */
    @Test
    void jdbc_lives_in_postgres_alone() {
        noClasses()
                .that()
                // DuckDB, which makes Parquet of files of ours, is spoken to by JDBC too.
                .resideOutsideOfPackages("dev.catchment.postgres..", "dev.catchment.export.file..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..")
                .check(CLASSES);
    }

    @Test
    void the_network_is_opened_by_http_and_served_by_web_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.catchment.http..", "..standin..", "dev.catchment.web.server..")
                .and()
                .doNotHaveFullyQualifiedName(WebRequest.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "org.apache.hc..", "io.vertx..")
                .check(CLASSES);
    }

    /** The demonstration starts a broker, and says so; the doctor names the setting of the topic of changes, which carries no page. */
    @Test
    void what_carries_a_page_is_known_to_one_package_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.catchment.flow.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.camel.component.kafka..")
                .check(CLASSES);
        assertThat(Tree.files("src/main/java", ".java"))
                .filteredOn(file ->
                        Tree.text(file).matches("(?s).*(flow[.]transport=|\"flow[.]transport\"|[Kk]afka[A-Z(.]).*"))
                .allMatch(file -> file.contains("/flow/transport/")
                        || file.endsWith("/DemoCommand.java")
                        || file.endsWith("/OneDemo.java")
                        || file.endsWith("/DoctorCommand.java")
                        || file.endsWith("/RouteProperties.java"))
                .hasSizeGreaterThan(5);
        assertThat(Tree.files("routes", ".yaml"))
                .filteredOn(file -> Tree.text(file).contains("{{flow.transport}}"))
                .containsExactlyInAnyOrder(
                        "routes/ops-pages.camel.yaml",
                        "routes/shared/walk-commit.camel.yaml",
                        "routes/shared/walk-page.camel.yaml",
                        "routes/shared/walk.camel.yaml");
    }
}
