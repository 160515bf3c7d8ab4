package dev.catchment.cli.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.CliRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code catchment load}, {@code names} and {@code verify names}, as they are typed. */
class NamesCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_names");

    @TempDir
    private Path folder;

    private Path first;

    @BeforeEach
    void write() throws Exception {
        first = Files.writeString(folder.resolve("yob1880.txt"), "Mary,F,700\r\nAnna,F,260\r\nMary,M,300\r\n");
    }

    @Test
    void load_waits_for_its_jobs_and_says_what_came_of_them() throws Exception {
        assertThat(RIG.run("load", first.toString()).endsWith(0).out())
                .contains(
                        "yob1880.txt (us-ssa): completed", "3 figures of 1,260 babies: added 3, changed 0, removed 0");
        JsonNode json = new ObjectMapper()
                .readTree(
                        RIG.run("load", "--json", first.toString()).endsWith(0).out());
        assertThat(json.get("status").asText()).isEqualTo("completed");
        assertThat(json.get("figures").asInt()).isEqualTo(3);
        assertThat(RIG.texts("select count(*)::text from names.jobs")).containsExactly("1");
    }

    @Test
    void one_refused_file_does_not_keep_the_others_from_counting() throws Exception {
        Path budget = Files.writeString(folder.resolve("budget.csv"), "item,price\npen,2\n");
        assertThat(RIG.run("load", budget.toString(), first.toString())
                        .endsWith(1)
                        .out())
                .contains("yob1880.txt (us-ssa): completed");
    }

    @Test
    void a_dry_run_says_what_is_in_a_file_and_writes_nothing() {
        assertThat(RIG.run("load", "--dry-run", first.toString()).endsWith(0).out())
                .contains("yob1880.txt: succeeded (a dry run: nothing was written)", "seen 3");
        assertThat(RIG.texts("select id::text from names.datasets")).isEmpty();
        assertThat(RIG.texts("select id::text from ops.runs")).isEmpty();
    }

    private static final Map<String, String> ANSWERS = Map.of(
            "names top --country us --limit 1",
            "US       1880  F       1     Mary  700    72.92",
            "names trend mary --gender F",
            "1880       700  #1",
            "names gender MARY --country us",
            "US       Mary  700           300         70.00               30.00",
            "names search an",
            "US       Anna  260           0           1880        1880",
            "names releases --source us-ssa",
            "yob1880.txt         completed  1880        1880       3        1260",
            "verify names",
            "No difference. 3 figures for 1,260 babies, from 1 files of 1 sources.",
            "names top --country au",
            "No data for this query",
            "jobs --status completed",
            "us-ssa  yob1880.txt         3        0");

    @Test
    void answers_what_is_asked() {
        RIG.run("load", first.toString()).endsWith(0);
        assertThat(ANSWERS)
                .allSatisfy((command, answer) -> assertThat(
                                RIG.run(command.split(" ")).endsWith(0).out())
                        .contains(answer));
    }

    @Test
    void an_earlier_release_is_restored_by_the_beginning_of_its_id() throws Exception {
        RIG.run("load", first.toString()).endsWith(0);
        Path second = Files.writeString(folder.resolve("yob1880.txt"), "Mary,F,701\r\nAnna,F,260\r\n");
        RIG.run("load", second.toString()).endsWith(0);
        String id = RIG.texts("select id::text from names.datasets order by uploaded_at limit 1")
                .get(0);
        assertThat(RIG.run("names", "restore", id.substring(0, 8)).endsWith(0).out())
                .contains(
                        "Restored 2 figures of 1 years and genders; 2 figures that had replaced them no longer count.");
        assertThat(RIG.run("names", "top", "--country", "us", "--gender", "F", "--limit", "1")
                        .out())
                .contains("Mary  700");
        assertThat(RIG.run("names", "restore", "zzz").endsWith(2).err()).contains("No release zzz");
    }

    @Test
    void verify_names_the_figures_that_are_gone() throws Exception {
        RIG.run("load", first.toString()).endsWith(0);
        RIG.execute("delete from names.names where name = 'Anna'");
        assertThat(RIG.run("verify", "names").endsWith(1).out())
                .contains("figures differ from the file", "2 figures with a sum of 960 were read, 1 with a sum of 700");
    }

    @Test
    void a_country_that_is_none_is_refused_with_those_there_are() {
        for (String command : List.of("top", "trend Mary", "gender Mary", "search Ma")) {
            String[] words = ("names " + command + " --country xx").split(" ");
            assertThat(RIG.run(words).endsWith(2).err())
                    .contains("Unknown country xx; --country takes one of AU, CA, GB, US.");
        }
    }

    @Test
    void a_search_passes_over_accents_and_takes_every_letter_but_a_star_as_it_is() throws Exception {
        Path file = Files.writeString(
                folder.resolve("nb.csv"),
                "Year / Année,Sex / Sexe,Name / Nom,Count / Total\n2020,F,ZOË,9\n2020,F,ZOE,4\n2020,M,A_B%C,3\n"
                        + "2020,M,AXBYC,2\n2020,M,BJØRN,1\n");
        RIG.run("load", file.toString()).endsWith(0);
        assertThat(found("zoe")).containsExactly("ZOË", "ZOE");
        assertThat(found("Zoë")).containsExactly("ZOË", "ZOE");
        assertThat(found("bjor")).containsExactly("BJØRN");
        assertThat(found("a_b")).containsExactly("A_B%C");
        assertThat(found("a_b%")).containsExactly("A_B%C");
        assertThat(found("z%")).isEmpty();
        assertThat(found("*b?C".replace('?', '%'))).containsExactly("A_B%C");
        assertThat(found("*oe")).containsExactly("ZOË", "ZOE");
    }

    private static List<String> found(String letters) {
        String out = RIG.run("names", "search", letters, "--json").endsWith(0).out();
        return out.lines()
                .map(line -> line.replaceAll(".*\"name\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void load_says_why_rows_were_refused_and_where_all_of_them_are() throws Exception {
        Path file = Files.writeString(
                folder.resolve("nb.csv"),
                "Year / Année,Sex / Sexe,Name / Nom,Count / Total\n2020,F,Mary,700\n2020,F,Anna,?\n2020,F,Emma,!\n"
                        + "2020,F,Ida,z\n2020,F,77,5\n2020,F,MARY,3\n");
        String out = RIG.run("load", file.toString()).endsWith(0).out();
        String job = RIG.texts("select left(id::text, 8) from names.jobs").get(0);
        assertThat(out)
                .contains(
                        "rejected for bad-count: 3\n    nb.csv line 3: not a whole number of births: \"?\"\n    nb.csv"
                                + " line 4: not a whole number of births: \"!\"\n",
                        "rejected for bad-name: 1\n    nb.csv line 6: ",
                        "warned for same-name-twice: 1\n    2020 F: MARY, Mary are one name; their counts for 2020 F are summed.",
                        "'catchment jobs " + job + " --rejects' lists all that are kept.")
                .doesNotContain("\"z\"");
        assertThat(RIG.run("jobs", job, "--rejects").endsWith(0).out())
                .contains("bad-count", "nb.csv line 5", "not a whole number of births: \"z\"");
        assertThat(RIG.run("load", "--json", file.toString()).endsWith(0).out())
                .contains("\"rejects\":[{\"reason\":\"bad-count\"");
        assertThat(RIG.run("load", "--dry-run", file.toString()).endsWith(0).out())
                .contains(
                        "note: Refused: bad-count 3 (nb.csv line 3: not a whole number of births: \"?\"; nb.csv line 4:");
        assertThat(RIG.run("jobs", "--rejects").endsWith(2).err()).contains("--rejects needs the ID of a job");
    }
}
