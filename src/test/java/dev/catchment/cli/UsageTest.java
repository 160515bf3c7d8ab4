package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing here gets as far as a database. */
class UsageTest {
    private static final Cli CLI = new Cli(Map.of("CATCHMENT_HOME", "target/cli-home"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            crawl --region mars               | --region takes us, eu or all, not mars.
            crawl --limit -1                  | --limit takes a number of records
            crawl --limit x                   | 'x' is not a long
            crawl --cursor wppx-73fm          | name it with --region
            crawl --region us --cursor nope   | --cursor takes a dataset id such as
            crawl --region us --cursor wppx-73fm --since 2026-01-01 | use one of them
            crawl --since yesterday           | --since takes a day
            crawl --since 2026-01-01T00:00:00 | a time with its zone
            crawl --sinc 2026-01-01           | Unknown option --sinc. Did you mean --since?
            crawl --regoin us                 | Unknown option --regoin. Did you mean --region?
            crawl --regoin=us                 | Unknown option --regoin. Did you mean --region?
            names top --contry us             | Unknown option --contry. Did you mean --country?
            runs --limti 5                    | Unknown option --limti. Did you mean --limit?
            seed --something-else             | Unknown option --something-else.
            demo --data no-such-file.jsonl    | cannot read the file no-such-file.jsonl
            runs x                            | 'x' is not a long
            runs --limit 0                    | --limit takes a number of rows, 1 or more
            runs --most 0                     | --most is deprecated and will be removed in the next release. Use --limit.
            jobs --limit -1                   | --limit takes a number of rows, 1 or more
            schema                            | Missing required subcommand
            schema down --to -1               | --to takes the number of a step
            schema down --to 1 --all          | cannot be combined with --all
            schema sideways                   | Unmatched argument
            verify                            | Missing required subcommand
            policy                            | Missing required subcommand
            policy import no-such-file.yaml   | it does not exist. file=no-such-file.yaml
            policy import README.md           | its name must end with .yaml, .yml or .csv
            policy show                       | Missing required parameter: 'SOURCE'
            policy diff Visa x y              | Unmatched arguments
            policy diff Visa 1                | Give two versions, or none for the last two.
            policy changes --since yesterday  | --since takes a day such as 2026-11-01
            walk                              | Unmatched argument
            """)
    void wrong_use_ends_with_2_and_says_what_to_do(String line, String said) {
        assertThat(CLI.run(line.split(" ")).endsWith(2).err()).contains(said);
    }

    @Test
    void no_command_at_all_is_wrong_use_and_leads_to_the_help() {
        assertThat(CLI.run().endsWith(2).err()).contains("Missing required subcommand", "catchment --help");
    }

    @Test
    void help_is_a_command_too() {
        assertThat(CLI.run("help").endsWith(0).out())
                .isEqualTo(CLI.run("--help").endsWith(0).out());
        assertThat(CLI.run("help", "crawl").endsWith(0).out())
                .startsWith("Usage: catchment crawl")
                .isEqualTo(CLI.run("crawl", "--help").endsWith(0).out());
        assertThat(CLI.run("help", "crwal").endsWith(2).err()).contains("crwal");
    }

    @Test
    void a_wrong_setting_ends_with_2_and_names_it() {
        assertThat(CLI.with("CATALOG_PAGE_SIZE", "0").run("runs").endsWith(2).err())
                .contains("CATALOG_PAGE_SIZE=0", "integer 1..10000");
    }

    @Test
    void a_wrong_database_url_ends_with_2_without_showing_it() {
        assertThat(CLI.with("DATABASE_URL", "mysql://me:secret@db.example")
                        .run("url")
                        .endsWith(2)
                        .err())
                .contains("DATABASE_URL", "postgresql://")
                .doesNotContain("secret");
    }

    @Test
    void a_database_that_is_not_there_ends_with_1_without_the_password() {
        assertThat(CLI.with("DATABASE_URL", "postgres://me:secret@127.0.0.1:1/x")
                        .run("runs")
                        .endsWith(1)
                        .err())
                .contains("127.0.0.1:1 accepts no connections (Connection refused). Start the server")
                .doesNotContain("secret");
    }

    @Test
    void the_version_is_one_line() {
        String version = CLI.run("version").endsWith(0).out();
        assertThat(version).matches("catchment \\S.*, Java \\S+\\R");
        assertThat(CLI.run("--version").endsWith(0).out()).isEqualTo(version);
    }
}
