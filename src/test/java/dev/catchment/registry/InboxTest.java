package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.SeedRig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InboxTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @BeforeEach
    void watch() throws IOException {
        RIG.withInbox();
    }

    private static Path done(String name) {
        return RIG.putAway("done", name);
    }

    private static void awaitFile(Path file) {
        Await.until(file + " is there; the folder holds " + RIG.inboxTree(), () -> Files.exists(file));
    }

    @Test
    void twenty_files_dropped_at_once_are_seeded_while_another_is_still_being_copied() throws Exception {
        RIG.set("registry.inbox.settle", "1s").service();
        Path slow = RIG.inbox().resolve("slow.ndjson");
        try (OutputStream copy = Files.newOutputStream(slow)) {
            for (int i = 1; i <= 20; i++) {
                RIG.drop("file-" + i + ".ndjson", asset(Assets.id(i), "a.gov"));
            }
            String record = asset("zzzz-2222", "slow.gov");
            int[] written = {0};
            Await.until("the twenty are done: " + RIG.inboxTree(), () -> {
                write(copy, record, written);
                return number("select count(*) from registry.assets") == 20;
            });
            assertThat(Files.exists(slow)).isTrue();
            assertThat(number("select count(*) from ops.runs")).isEqualTo(20);
            copy.write(
                    (record.substring(Math.min(written[0], record.length())) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        awaitFile(done("slow.ndjson.report.json"));
        assertThat(number("select count(*) from registry.assets")).isEqualTo(21);
        assertThat(texts("select status from ops.runs group by 1")).containsExactly("succeeded");
        Await.until(
                "all are put away",
                () -> RIG.inboxTree().stream()
                                .filter(name -> !name.startsWith("done"))
                                .count()
                        == 1);
    }

    /** One byte of it at each look, then blanks: the file grows for as long as it is looked at. */
    private static void write(OutputStream copy, String record, int[] written) throws IOException {
        copy.write(written[0] < record.length() ? record.charAt(written[0]) : ' ');
        written[0]++;
    }

    @Test
    void a_done_file_has_its_report_and_its_rejects_beside_it_and_a_mark_while_it_is_worked_on() throws Exception {
        RIG.service();
        RIG.drop("index.ndjson", asset("aaaa-2222", "a.gov"), "{\"type\":\"asset\"}");
        awaitFile(RIG.inbox().resolve("index.ndjson.camelLock"));
        awaitFile(done("index.ndjson"));
        JsonNode report =
                new ObjectMapper().readTree(done("index.ndjson.report.json").toFile());
        assertThat(report.get("file").asText()).isEqualTo("index.ndjson");
        assertThat(report.get("status").asText() + report.get("added") + report.get("rejected"))
                .isEqualTo("succeeded11");
        assertThat(Files.readString(done("index.ndjson.rejects.ndjson"))).contains("no-asset-key", "line 2");
        Await.until("the mark is gone", () -> RIG.inboxTree().stream().noneMatch(name -> name.endsWith("camelLock")));
        assertThat(RIG.inboxTree()).hasSize(1 + 2 + 3);
    }

    @Test
    void hidden_and_unfinished_names_are_left_alone_and_links_are_refused_once() throws Exception {
        Path secret = RIG.lines("secret.ndjson", List.of(asset("ssss-2222", "s.gov")));
        Files.createSymbolicLink(RIG.inbox().resolve("link.ndjson"), secret);
        Files.createDirectories(RIG.inbox().resolve("folder.ndjson"));
        for (String name : List.of(".hidden.json", "x.tmp", "x.part", "X.PART")) {
            RIG.drop(name, asset("hhhh-2222", "h.gov"));
        }
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            RIG.service();
            for (int look = 0; look < 3; look++) {
                RIG.drop(look + ".ndjson", asset(Assets.id(look), "a.gov"));
                awaitFile(done(look + ".ndjson"));
            }
            assertThat(log.ours(Level.WARN)).hasSize(1).first().asString().contains("A link", "link.ndjson");
        }
        assertThat(number("select count(*) from registry.assets")).isEqualTo(3);
        assertThat(RIG.inboxTree())
                .contains(".hidden.json", "x.tmp", "x.part", "X.PART", "link.ndjson", "folder.ndjson");
        assertThat(Files.exists(secret)).isTrue();
    }

    @Test
    void files_of_one_name_never_overwrite_each_other() throws Exception {
        RIG.service();
        for (int copy = 1; copy <= 3; copy++) {
            Path target = done(copy == 1 ? "index.ndjson.gz" : "index-" + copy + ".ndjson.gz");
            RIG.drop("index.ndjson.gz", asset(Assets.id(copy), "a.gov"));
            awaitFile(target);
            assertThat(Files.readString(target)).contains(Assets.id(copy));
            assertThat(target.resolveSibling(target.getFileName() + ".report.json"))
                    .exists();
        }
        RIG.drop("index.ndjson.gz", asset(Assets.id(1), "a.gov"));
        awaitFile(done("index-4.ndjson.gz"));
        assertThat(number("select count(*) from ops.runs"))
                .as("known content is no run")
                .isEqualTo(3);
        assertThat(Files.readString(done("index-4.ndjson.gz.report.json"))).contains("was seeded before");
    }
}
