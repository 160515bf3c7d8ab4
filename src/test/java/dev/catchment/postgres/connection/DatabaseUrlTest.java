package dev.catchment.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://jo%40n:p%2Fa%3As%20s+%25@db.example:6000/sea?sslmode=require",
                "postgresql://jo%40n:p%2Fa%3As%20s+%25@db.example:6000/sea?sslmode=require",
                "POSTGRESQL://db.example:6000/sea?sslmode=require&user=jo%40n&password=p/a:s%20s+%25",
                "jdbc:postgresql://db.example:6000/sea?user=jo%40n&password=p/a:s+s%2B%25&sslmode=require",
                " postgres://jo%40n:p%2Fa%3As%20s+%25@db.example:6000/sea?sslmode=require\n"
            })
    void reads_every_form_alike(String value) {
        assertThat(DatabaseUrl.parse(value))
                .isEqualTo(
                        new DatabaseUrl("db.example:6000", "sea", "jo@n", "p/a:s s+%", Map.of("sslmode", "require")));
    }

    @Test
    void gives_jdbc_the_address_without_the_login() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:secret@h/d?sslmode=require&application_name=a%20b");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d?sslmode=require&ApplicationName=a%20b");
    }

    @Test
    void gives_psql_an_address_it_can_read_with_the_login_in_it() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://h/d?user=u%2Fv&password=p%40q"
                + "&reWriteBatchedInserts=true&ApplicationName=x&sslmode=require");

        assertThat(url.connectionUrl())
                .isEqualTo("postgresql://u%2Fv:p%40q@h:5432/d?application_name=x&sslmode=require");
        assertThat(DatabaseUrl.parse(url.connectionUrl()).password()).isEqualTo("p@q");
    }

    @Test
    void fills_in_what_is_missing_as_libpq_does() {
        String self = System.getProperty("user.name");

        assertThat(DatabaseUrl.parse("postgresql://"))
                .isEqualTo(new DatabaseUrl("localhost:5432", self, self, "", Map.of()));
        assertThat(DatabaseUrl.parse("postgres://ann@h").database()).isEqualTo("ann");
    }

    @Test
    void keeps_several_hosts_and_addresses_in_brackets() {
        assertThat(DatabaseUrl.parse("postgres://u@[::1]:5433,under_score/d").hosts())
                .isEqualTo("[::1]:5433,under_score:5432");
    }

    @Test
    void never_shows_the_password() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:s3cret@h/d?sslpassword=s3cret");

        assertThat(url).hasToString("postgresql://u@h:5432/d");
        assertThat(url.jdbcUrl()).doesNotContain("u:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it is empty",
                "s3cret|known scheme",
                "mysql://u:s3cret@h/d|known scheme",
                "postgres:u:s3cret@h/d|known scheme",
                "postgres://u:s3cret@h:port/d|port",
                "postgres://u:s3cret@h:70000/d|port",
                "postgres://u:s3cret/x@h/d|port",
                "postgres://u:s3cret@h/|name of the database",
                "postgres://u:s3cret@h?dbname=|name of the database",
                "jdbc:postgresql://h/?user=u&password=s3cret|name of the database",
                "postgres://u:s3cret@h/d?sslmode=s3cret|sslmode must be one of disable, allow, prefer, require",
                "postgres://u:1/s3cret@h|host, port and database",
                "postgres://u:s3cret?x@h/d|option",
                "postgres://u:s3cret#@h h/d|host",
                "postgres://u:s3cret%zz@h/d|hexadecimal",
                "postgres://h/d?password=s3cret%|hexadecimal",
                "postgres://u:s3cret@/d?host=/run/s3cret|host, port and database",
                "jdbc:postgresql:s3cret|known scheme"
            })
    void says_what_is_wrong_and_what_is_allowed_without_the_value(String value, String wrong) {
        Exception problem = catchThrowableOfType(IllegalArgumentException.class, () -> DatabaseUrl.parse(value));

        assertThat(problem)
                .hasMessageContaining(wrong)
                .hasMessageContaining("postgresql://user:password@host")
                .hasMessageContaining("jdbc:postgresql://")
                .hasNoCause();
        assertThat(problem.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void says_that_nothing_is_there() {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> DatabaseUrl.parse(null)))
                .hasMessageContaining("it is empty");
    }
}
