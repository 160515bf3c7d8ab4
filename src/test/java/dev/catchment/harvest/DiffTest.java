package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static dev.catchment.support.HarvestRig.dataset;
import static dev.catchment.support.HarvestRig.datasets;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a source held at two moments, compared from the command line. */
class DiffTest {
    private static final String KIND = """
            page: { by: offset, params: { from: start, size: rows }, size: 50, end: [empty-page, total] }
            total: /count
            identity: [title-issued]
            retire: { after: 1, max-percent: 50%, at-least: 5 }
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private Cli cli;
    private String first;
    private String second;
    private String third;

    private static String now() {
        return text("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    }

    private static String named(String key) {
        return "{\"id\":\"%s\",\"name\":\"Named\",\"issued\":\"2020-01-01\",\"changed\":\"2026-01-01T00:00:00Z\"}"
                .formatted(key);
    }

    /** First ten and a named one; then 1 changes, 2 is only touched, 3 goes, 11 comes, the named one has another key; then 3 is back. */
    @BeforeEach
    void walk() throws IOException {
        cli = Cli.on(TestDatabase.get().url().connectionUrl());
        List<String> records = new ArrayList<>(datasets(10));
        records.add(named("n-1"));
        String yaml = HarvestRig.listed(KIND);
        rig.declare("made-up", yaml, HarvestRig.MAPPING + ", raw ->> 'issued' as issued");
        KindStandIn standIn = rig.standIn("made-up", yaml).serve(records);
        rig.harvest();
        first = now();
        List<String> changed = new ArrayList<>(records);
        changed.set(0, dataset(1, "Another name"));
        changed.set(1, dataset(2).replace("2026-01-01T02", "2026-01-09T02"));
        changed.remove(2);
        changed.removeIf(record -> record.contains("n-1"));
        changed.add(dataset(11));
        changed.add(named("n-2"));
        standIn.serve(changed);
        rig.harvest();
        second = now();
        changed.add(dataset(3));
        standIn.serve(changed);
        rig.harvest();
        third = now();
    }

    private List<String> diff(String... more) {
        List<String> arguments = new ArrayList<>(List.of("diff", "--source", SOURCE, "--json"));
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new)).endsWith(0).lines();
    }

    private static List<String> told(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll(".*\"change\":\"([a-z]+)\".*\"key\":\"([^\"]+)\".*", "$1 $2"))
                .toList();
    }

    @Test
    void says_what_was_added_changed_retired_and_renamed_in_between() {
        List<String> lines = diff("--from", first, "--to", second);
        assertThat(told(lines)).containsExactly("added d-00011", "renamed n-2", "changed d-00001", "retired d-00003");
        assertThat(lines.get(1)).contains("\"old_key\":\"n-1\"");
        assertThat(lines.get(2)).contains("\"title\":\"Another name\"", "\"fields\":\"title\"");
    }

    @Test
    void what_only_its_moment_of_modification_changed_is_told_with_all() {
        assertThat(told(diff("--from", first, "--to", second, "--all")))
                .containsExactly(
                        "added d-00011", "renamed n-2", "changed d-00001", "changed d-00002", "retired d-00003");
    }

    @Test
    void what_went_and_came_back_in_between_did_not_change() {
        assertThat(told(diff("--from", second, "--to", third))).containsExactly("restored d-00003");
        assertThat(told(diff("--from", first, "--to", third)))
                .containsExactly("added d-00011", "renamed n-2", "changed d-00001");
        assertThat(told(diff("--from", third))).isEmpty();
    }

    @Test
    void counts_for_people_what_it_lists() {
        Cli.Said said = cli.run("diff", "--source", SOURCE, "--from", first, "--to", second)
                .endsWith(0);
        assertThat(said.err()).contains("1 added, 1 changed, 1 renamed, 1 retired");
        assertThat(cli.run("diff", "--source", SOURCE, "--from", third)
                        .endsWith(0)
                        .out())
                .isEqualTo("Nothing changed.\n");
    }

    @Test
    void moments_in_the_wrong_order_are_refused_with_what_to_do() {
        assertThat(cli.run("diff", "--source", SOURCE, "--from", second, "--to", first)
                        .endsWith(2)
                        .err())
                .contains(
                        "--from " + Instant.parse(second),
                        "is later than --to " + Instant.parse(first),
                        "Exchange them.");
        assertThat(cli.run("diff", "--source", SOURCE, "--from", "2999-01-01")
                        .endsWith(2)
                        .err())
                .contains("lies in the future");
    }
}
