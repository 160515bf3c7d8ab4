package dev.catchment.catalog.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.standin.Fault;
import dev.catchment.support.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandInCrawlTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private StandInServer server;

    @BeforeEach
    void start() {
        server = StandInServer.start("catalog.stand-in.faults", "on");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_crawl_by_small_pages_meets_ten_faults_and_loses_nothing() throws Exception {
        List<String> seen = new ArrayList<>();
        int failures = 0;
        for (String last = ""; last != null; ) {
            JsonNode results = page(last);
            // Asked again at once: every retry succeeds.
            failures += results == null ? 1 : 0;
            results = results == null ? page(last) : results;
            results.forEach(record -> seen.add(record.at("/resource/id").asText()));
            last = results.isEmpty() ? null : seen.get(seen.size() - 1);
        }
        assertThat(failures).isEqualTo(10);
        assertThat(seen).hasSize(350).doesNotHaveDuplicates();
        assertThat(server.standIn().requests()).hasSize(350 / 30 + 2 + failures);
    }

    @Test
    void a_hang_ends_when_the_client_gives_up() throws Exception {
        server.standIn().next(Fault.HANG);
        assertThat(page("")).isNull();
        Await.until("the hang has ended", server::underWay, requests -> requests == 0);
    }

    /** The records behind an id; null if there was no good page. */
    private JsonNode page(String last) throws InterruptedException {
        URI uri = URI.create(server.url() + "?limit=30&scroll_id=" + last);
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            JsonNode page = JSON.readTree(response.body());
            return page != null && page.has("results") ? page.get("results") : null;
        } catch (IOException broken) {
            return null;
        }
    }
}
