package dev.catchment.cli.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.CliRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_sources");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void empty() throws Exception {
        RIG.execute("truncate harvest.sources cascade; truncate harvest.changes, harvest.versions, harvest.sightings,"
                + " ops.workers");
    }

    private static void add(String name, String... more) {
        String[] said = {"sources", "add", "ckan", "https://%s.example.org/ckan/".formatted(name), "--name", name};
        String[] all = java.util.Arrays.copyOf(said, said.length + more.length);
        System.arraycopy(more, 0, all, said.length, more.length);
        RIG.run(all).endsWith(0);
    }

    @Test
    void a_source_is_added_and_due_at_once() throws Exception {
        assertThat(RIG.run(
                                "sources",
                                "add",
                                "ckan",
                                "https://Open.example.org/data/",
                                "--name",
                                "canada",
                                "--title",
                                "Open Canada",
                                "--country",
                                "ca",
                                "--language",
                                "en",
                                "--option",
                                "tenant=north",
                                "--option",
                                "part=2",
                                "--secret",
                                "CANADA_KEY",
                                "--schedule",
                                "0 0 5 * * ?")
                        .endsWith(0))
                .satisfies(said -> assertThat(said.out())
                        .isEqualTo("Added canada (ckan, https://open.example.org/data). The service walks it next;"
                                + " 'catchment harvest --source canada' does so now.\n"))
                .satisfies(said -> assertThat(said.err()).contains("CANADA_KEY is not set here"));
        assertThat(RIG.texts("select concat_ws('|', name, kind, url, host, title, country, language, options, secret,"
                        + " schedule, is_active, due_at <= now()) from harvest.sources"))
                .containsExactly("canada|ckan|https://open.example.org/data|open.example.org|Open Canada|CA|en|"
                        + "{\"part\": \"2\", \"tenant\": \"north\"}|CANADA_KEY|0 0 5 * * ?|t|t");
        JsonNode json = JSON.readTree(
                RIG.run("sources", "add", "dcat-us", "https://x.example.gov/data.json", "--inactive", "--json")
                        .endsWith(0)
                        .out());
        assertThat(json.get("name").asText()).startsWith("x.example.gov-data.json-");
        assertThat(json.get("is_active").asBoolean()).isFalse();
    }

    @Test
    void sources_of_a_kind_that_is_one_host_are_of_that_host() {
        RIG.run("sources", "add", "arcgis-hub", "https://a.example.org").endsWith(0);
        RIG.run("sources", "add", "arcgis-hub", "https://b.example.org").endsWith(0);
        assertThat(RIG.texts("select distinct host from harvest.sources")).containsExactly("hub.arcgis.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ckna   | https://a.example.org    | a    | kind=ckna is not allowed. Allowed: one of arcgis-hub, ckan",
                "ckan   | ftp://a.example.org      | a    | url=ftp://a.example.org is not allowed",
                "ckan   | https://a.example.org    | A b  | name=A b is not allowed. Allowed: small letters",
                "ckan   | https://b.example.org    | held | There is a source held already; choose another --name",
                "ckan   | https://held.example.org/ckan | b | is held already, as the source held.",
                "ckan   | http://held.example.org/ckan | b | is held already, as the source held (https://held.example.org/ckan).",
                "ckan   | HTTPS://www.Held.example.org:443/ckan/ | b | is held already, as the source held (",
                "ckan   | http://www.held.example.org:80/ckan | b | 'catchment sources show held' shows it."
            })
    void what_cannot_be_added_says_why(String kind, String url, String name, String why) throws Exception {
        add("held");
        assertThat(RIG.run("sources", "add", kind, url, "--name", name)
                        .endsWith(2)
                        .err())
                .contains(why);
        assertThat(RIG.texts("select name from harvest.sources")).containsExactly("held");
    }

    @Test
    void a_secret_in_place_of_its_name_is_shown_nowhere() {
        assertThat(RIG.run("sources", "add", "ckan", "https://a.example.org", "--secret", "s3cr3t")
                        .endsWith(2)
                        .err())
                .contains("name of an environment variable")
                .doesNotContain("s3cr3t");
    }

    @Test
    void a_file_is_imported_with_one_summary_and_what_was_rejected_is_listed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("p.yaml"),
                "- {name: a, kind: ckan, url: 'https://a.example.org'}\n- {kind: x, url: y}\n");
        JsonNode dry = JSON.readTree(RIG.run("sources", "import", "--dry-run", "--json", file.toString())
                .endsWith(0)
                .out());
        assertThat(dry.get("added").asInt() + " " + dry.get("run")).isEqualTo("1 null");
        assertThat(RIG.run("sources", "import", file.toString()).endsWith(0).out())
                .contains(
                        "import p.yaml: succeeded (run 1)",
                        "added 1",
                        "rejected 1",
                        "Kinds: ckan 1.",
                        "'catchment runs 1' lists what was rejected, and why.");
        assertThat(RIG.run("runs", "1").endsWith(0).out()).contains("entry 2 (line 2)");
        assertThat(RIG.texts("select name || is_active from harvest.sources")).containsExactly("afalse");
        RIG.run("sources", "import", file.toString(), "--activate").endsWith(0);
        assertThat(RIG.texts("select name || is_active from harvest.sources")).containsExactly("atrue");
        assertThat(RIG.run("sources", "import", "/nowhere.yaml").endsWith(2).err())
                .contains("Cannot read the file");
        Path none = Files.writeString(folder.resolve("none.yaml"), "a: b");
        assertThat(RIG.run("sources", "import", none.toString()).endsWith(1).out())
                .contains("It must be a list");
    }

    @Test
    void sources_are_listed_with_their_health_and_their_next_walk() throws Exception {
        assertThat(RIG.run("sources", "list").endsWith(0).out()).contains("There is no source yet.");
        add("a");
        add("b", "--inactive");
        RIG.execute("update harvest.sources set health = 'failing', failures = 3 where name = 'a'");
        assertThat(RIG.run("sources", "list").endsWith(0).lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).matches("a +ckan +failing\\(3\\) +0 +20\\S+Z"))
                .anySatisfy(line -> assertThat(line).matches("b +ckan +never +0 +paused"));
        assertThat(RIG.run("sources", "list", "--health", "never", "--json")
                        .endsWith(0)
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"name\":\"b\"", "\"due_at\":null"));
        assertThat(RIG.run("sources", "list", "--kind", "udata").endsWith(0).out())
                .contains("No such source.");
        assertThat(RIG.run("sources", "list", "--health", "ill").endsWith(2).err())
                .contains("--health takes one of ok, failing");
    }

    @Test
    void a_source_is_shown_with_what_its_walks_proved() throws Exception {
        add("a");
        assertThat(RIG.run("sources", "show", "a").endsWith(0).out()).contains("health       never", "Not walked yet.");
        RIG.execute(
                "insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at,"
                        + " finished_at, status) values ('harvest', 'walk', 'a', 'cli', 'full', 'n', now(), now(), now(), now(), 'succeeded')");
        RIG.execute(
                "insert into harvest.walks (run_id, source_id, begun_at, last_total, rows, keys, duplicates, conflicts,"
                        + " repeated, shrunk, skipped, ended_by, is_complete) select r.id, s.id, now(), 1997, 1997, 1996, 0, 1, 0, 0, 0,"
                        + " 'total', true from ops.runs r, harvest.sources s");
        assertThat(RIG.run("sources", "show", "a").endsWith(0).out()).contains("1997   1997  1996  1");
        JsonNode json = JSON.readTree(
                RIG.run("sources", "show", "a", "--json").endsWith(0).out());
        assertThat(json.at("/walks/0/keys").asInt()).isEqualTo(1996);
        assertThat(json.get("options").isObject()).isTrue();
        assertThat(RIG.run("sources", "show", "aa").endsWith(2).err()).contains("There is no source aa.");
        add("canada");
        assertThat(RIG.run("sources", "show", "cana").endsWith(2).err()).contains("Did you mean canada?");
    }

    @Test
    void a_source_is_paused_and_resumed() throws Exception {
        add("a");
        RIG.execute("update harvest.sources set due_at = now() + interval '3 days'");
        assertThat(RIG.run("sources", "pause", "a").endsWith(0).out()).isEqualTo("Paused a.\n");
        assertThat(RIG.run("sources", "pause", "a", "b").endsWith(2).err()).contains("There is no source b.");
        assertThat(RIG.run("sources", "resume", "a").endsWith(0).out()).isEqualTo("Resumed a.\n");
        assertThat(RIG.texts("select concat(is_active, due_at <= now()) from harvest.sources"))
                .containsExactly("tt");
        RIG.execute("update harvest.sources set claimed_by = 'w-1'; select ops.beat('{w-1}')");
        assertThat(RIG.run("sources", "pause", "a").endsWith(0).out()).contains("the walk that is under way goes on");
        assertThat(RIG.run("sources", "remove", "a").endsWith(2).err()).contains("is being walked and was not removed");
    }

    @Test
    void what_is_removed_keeps_its_history_and_frees_its_name_unless_it_is_purged() throws Exception {
        add("a");
        add("other");
        RIG.execute("insert into harvest.records (source_id, key, raw, content_hash, first_seen_at, changed_at)"
                + " select s.id, 'k' || i, '{}', repeat('0', 64), now(), now() from harvest.sources s, generate_series(1, 12000) i"
                + " where s.name = 'a' or i < 3");
        RIG.execute(
                "insert into harvest.datasets (source_id, key, content_hash, first_seen_at, changed_at, last_changed_at)"
                        + " select source_id, key, content_hash, first_seen_at, changed_at, changed_at from harvest.records");
        RIG.execute("insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)"
                + " select id, source_id, 'added', 1, now() from harvest.datasets");
        RIG.execute(
                "insert into harvest.search_documents (dataset_id, source_id, language, title, document, modified_at, changed_at)"
                        + " select id, source_id, 'simple', '', '', changed_at, changed_at from harvest.datasets");
        assertThat(RIG.run("sources", "remove", "a").endsWith(0).out())
                .contains("succeeded", "a was removed, and 12,000 datasets of it were retired; their history stays.");
        assertThat(RIG.texts("select count(*) from harvest.datasets")).containsExactly("12002");
        assertThat(RIG.texts("select count(*) from harvest.current_datasets")).containsExactly("2");
        assertThat(RIG.texts("select count(*) from harvest.search_documents")).containsExactly("2");
        assertThat(
                        RIG.texts(
                                "select change || ' ' || count(*) || ' ' || count(number) from harvest.changes group by change order by 1"))
                .as("readers of changes are told")
                .containsExactly("added 12002 12002", "retired 12000 12000");
        assertThat(RIG.texts("select mode || ' ' || retired from ops.runs")).containsExactly("remove 12000");
        assertThat(RIG.run("sources", "show", "a").endsWith(2).err()).contains("There is no source a");
        add("a");
        RIG.execute(
                "update harvest.records set source_id = (select id from harvest.sources where name = 'a' and removed_at is null)"
                        + " where source_id = (select id from harvest.sources where removed_at is not null)");
        RIG.execute(
                "update harvest.datasets set source_id = (select id from harvest.sources where name = 'a' and removed_at is null)"
                        + " where source_id = (select id from harvest.sources where removed_at is not null)");
        RIG.execute("update harvest.changes set number = id");
        List<String> highest =
                RIG.texts("select max(c.number) from harvest.changes c join harvest.datasets d on d.id = c.dataset_id"
                        + " join harvest.sources s on s.id = d.source_id where s.name = 'a' and s.removed_at is null");
        assertThat(RIG.run("sources", "remove", "a", "--purge").endsWith(0).out())
                .contains("Deleted all that was harvested of a: 48,000 rows.");
        assertThat(RIG.texts(
                        "select (select count(*) from harvest.datasets) || ' ' || (select count(*) from harvest.records)"
                                + " || ' ' || (select count(*) from harvest.changes)"))
                .containsExactly("2 2 2");
        assertThat(RIG.texts("select through from harvest.deleted_changes"))
                .as("who reads by number is told")
                .isEqualTo(highest);
        assertThat(RIG.texts("select harvest.known_changes(" + highest.get(0) + ")"))
                .as("from there it goes on")
                .isEqualTo(highest);
        assertThat(RIG.texts("select name from harvest.sources where removed_at is null"))
                .containsExactly("other");
    }
}
