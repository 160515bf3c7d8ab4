package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.connection.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An unknown table, column or function, or a type that cannot be, fails the build. */
class StatementsTest {
    private static final Path FOLDER = Path.of("sql", "statements");
    private static final String COUNTS = "seen, added, updated, unchanged, retired, restored, rejected, skipped";

    private static ScratchDatabase scratch;

    @BeforeAll
    static void migrate() {
        scratch = ScratchDatabase.withSchema("statements");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    static List<String> statements() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file)
                            .toString()
                            .replace('\\', '/')
                            .replace(".sql", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void there_are_statements_to_prepare() throws IOException {
        assertThat(statements()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void can_be_prepared_and_gives_the_columns_its_header_names(String name) throws Exception {
        Statement statement = Statement.load(name);
        String header = Files.readString(FOLDER.resolve(name + ".sql"));
        List<String> columns = columns(statement);
        assertThat(columns).isNotEmpty();
        assertThat(columns).allSatisfy(column -> assertThat(words(header)).contains(column));
    }

    /** The words of the last part of a header, what is returned. */
    private static List<String> words(String text) {
        String out = text.substring(text.indexOf("-- Out: "));
        StringBuilder header = new StringBuilder();
        out.lines()
                .takeWhile(line -> line.startsWith("--"))
                .forEach(line -> header.append(line).append(' '));
        return List.of(header.toString().replace("the counts", COUNTS).split("[^a-z_0-9]+"));
    }

    private static List<String> columns(Statement statement) throws SQLException {
        try (Connection connection = scratch.database().dataSource().getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            assertThat(prepared.getParameterMetaData().getParameterCount())
                    .isEqualTo(statement.parameters().size());
            ResultSetMetaData row = prepared.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getColumnCount(); i++) {
                columns.add(row.getColumnLabel(i));
            }
            return columns;
        }
    }
}
