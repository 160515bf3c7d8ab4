package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.Inbox;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.apache.camel.component.file.GenericFile;
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
        return RIG.inbox().putAway("done", name);
    }

    @Test
    void twenty_files_dropped_at_once_are_seeded_while_another_is_still_being_copied() throws Exception {
        RIG.set("registry.inbox.settle", "1s").service();
        Path slow = RIG.inbox().path().resolve("slow.ndjson");
        byte[] record = (asset("zzzz-2222", "slow.gov") + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream copy = Files.newOutputStream(slow)) {
            copy.write(record, 0, 16); // {"type":"asset",
            for (int i = 1; i <= 20; i++) {
                RIG.inbox().drop("file-" + i + ".ndjson", asset(Assets.id(i), "a.gov"));
            }
            keepGrowingUntilTheOthersAreSeeded(copy);
            assertThat(number("select count(*) from ops.runs")).isEqualTo(20);
            copy.write(record, 16, record.length - 16);
        }
        RIG.inbox().await("done", "slow.ndjson.report.json");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(21);
        assertThat(texts("select status || rejected from ops.runs group by 1")).containsExactly("succeeded0");
        Await.until("no mark is left", () -> RIG.inbox().tree().stream().noneMatch(name -> name.endsWith("Lock")));
    }

    @Test
    void a_name_that_the_locale_cannot_say_is_refused_once_and_keeps_nobody_waiting() {
        GenericFile<File> odd = new GenericFile<>();
        odd.setFile(new File(RIG.inbox().path().toFile(), "caf\ud800.json")); // as é in a process without a locale
        odd.setFileNameOnly("caf\ud800.json");
        Inbox inbox = new Inbox(RIG.inbox().path().toString(), 0, 1);
        try (CapturedLog log = CapturedLog.of(Level.WARN)) {
            assertThat(inbox.accept(odd)).isFalse();
            assertThat(inbox.accept(odd)).isFalse();
            assertThat(log.ours(Level.WARN)).singleElement().asString().contains("locale", "stays in the inbox");
        }
    }

    private static void keepGrowingUntilTheOthersAreSeeded(OutputStream copy) {
        Await.until("the twenty are seeded", () -> {
            copy.write(' '); // between two members of the record
            return number("select count(*) from registry.assets") == 20;
        });
    }

    @Test
    void a_done_file_has_its_report_and_its_rejects_beside_it_and_a_mark_while_it_is_worked_on() throws Exception {
        RIG.service();
        Path mark = RIG.inbox().path().resolve("index.ndjson.camelLock");
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table registry.assets in share mode"); // until the mark was seen
            RIG.inbox().drop("index.ndjson", asset("aaaa-2222", "a.gov"), "{\"type\":\"asset\"}");
            Await.until("it carries a mark", () -> Files.exists(mark));
            other.rollback();
        }
        RIG.inbox().await("done", "index.ndjson");
        JsonNode report =
                new ObjectMapper().readTree(done("index.ndjson.report.json").toFile());
        assertThat(report.get("file").asText()).isEqualTo("index.ndjson");
        assertThat(report.get("status").asText() + report.get("added") + report.get("rejected"))
                .isEqualTo("succeeded11");
        assertThat(Files.readString(done("index.ndjson.rejects.ndjson"))).contains("no-asset-key", "line 2");
        Await.until(
                "the mark is gone", () -> RIG.inbox().tree().stream().noneMatch(name -> name.endsWith("camelLock")));
        assertThat(RIG.inbox().tree()).hasSize(1 + 2 + 3);
        assertThat(texts("select path from registry.files"))
                .containsExactly(done("index.ndjson").toString());
    }

    @Test
    void hidden_and_unfinished_names_are_left_alone() throws Exception {
        Files.createDirectories(RIG.inbox().path().resolve("folder.ndjson"));
        for (String name : List.of(".hidden.json", "x.tmp", "x.part", "X.PART")) {
            RIG.inbox().drop(name, asset("hhhh-2222", "h.gov"));
        }
        RIG.service();
        RIG.inbox().drop("index.ndjson", asset("aaaa-2222", "a.gov"));
        RIG.inbox().await("done", "index.ndjson");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(1);
        assertThat(RIG.inbox().tree()).contains(".hidden.json", "x.tmp", "x.part", "X.PART", "folder.ndjson");
    }

    @Test
    void a_folder_in_the_inbox_is_not_looked_into_and_that_is_said_once() throws Exception {
        for (String inner : List.of("2026/deeper", "done", ".hidden")) {
            Path folder = Files.createDirectories(RIG.inbox().path().resolve(inner));
            Files.writeString(folder.resolve("in.ndjson"), asset("ffff-2222", "f.gov"));
        }
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            RIG.service();
            for (int look = 0; look < 3; look++) {
                RIG.inbox().drop(look + ".ndjson", asset(Assets.id(look), "a.gov"));
                RIG.inbox().await("done", look + ".ndjson");
            }
            assertThat(log.ours(Level.WARN))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("A folder in the inbox is ignored", "files belong in the inbox itself.")
                    .endsWith("2026");
        }
        assertThat(number("select count(*) from registry.assets")).isEqualTo(3);
        assertThat(RIG.inbox().path().resolve("2026/deeper/in.ndjson")).exists();
    }

    @Test
    void a_link_is_refused_and_said_once() throws Exception {
        Path secret = RIG.lines("secret.ndjson", List.of(asset("ssss-2222", "s.gov")));
        Files.createSymbolicLink(RIG.inbox().path().resolve("link.ndjson"), secret);
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            RIG.service();
            for (int look = 0; look < 3; look++) {
                RIG.inbox().drop(look + ".ndjson", asset(Assets.id(look), "a.gov"));
                RIG.inbox().await("done", look + ".ndjson");
            }
            assertThat(log.ours(Level.WARN)).hasSize(1).first().asString().contains("A link", "link.ndjson");
        }
        assertThat(number("select count(*) from registry.assets")).isEqualTo(3);
        assertThat(RIG.inbox().tree()).contains("link.ndjson");
        assertThat(Files.exists(secret)).isTrue();
    }

    @Test
    void files_of_one_name_never_overwrite_each_other() throws Exception {
        RIG.service();
        for (int copy = 1; copy <= 3; copy++) {
            Path target = done(copy == 1 ? "index.ndjson.gz" : "index-" + copy + ".ndjson.gz");
            RIG.inbox().drop("index.ndjson.gz", asset(Assets.id(copy), "a.gov"));
            RIG.inbox().await("done", target.getFileName().toString());
            assertThat(Files.readString(target)).contains(Assets.id(copy));
            assertThat(target.resolveSibling(target.getFileName() + ".report.json"))
                    .exists();
        }
        RIG.inbox().drop("index.ndjson.gz", asset(Assets.id(1), "a.gov"));
        RIG.inbox().await("done", "index-4.ndjson.gz");
        assertThat(number("select count(*) from ops.runs"))
                .as("known content is no run")
                .isEqualTo(3);
        assertThat(Files.readString(done("index-4.ndjson.gz.report.json"))).contains("was seeded before");
    }
}
