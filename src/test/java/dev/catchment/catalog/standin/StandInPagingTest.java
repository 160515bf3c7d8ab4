package dev.catchment.catalog.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StandInPagingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static StandInServer server;

    @BeforeAll
    static void start() {
        server = StandInServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answers_in_the_shape_and_with_the_headers_of_the_service() throws Exception {
        HttpResponse<String> response = server.get("");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(response.headers().map()).containsKey("X-Socrata-Region").doesNotContainKey("ETag");
        JsonNode page = JSON.readTree(response.body());
        assertThat(page.fieldNames()).toIterable().containsExactly("results", "resultSetSize", "timings", "warnings");
        assertThat(page.get("results")).hasSize(100);
        assertThat(page.get("resultSetSize").asInt()).isEqualTo(350);
        assertThat(page.at("/timings/searchMillis")).hasSize(2);
    }

    @Test
    void gives_nothing_of_the_request_back() throws Exception {
        assertThat(server.get("?limit=1&offset=0", "X-Mine", "1").headers().map())
                .doesNotContainKeys("limit", "offset", "x-mine", "user-agent");
    }

    @Test
    void scrolls_through_everything_once_and_by_id() throws Exception {
        List<String> seen = crawl("?limit=30&scroll_id=");
        assertThat(seen).hasSize(350).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void loses_records_if_the_first_page_is_asked_without_scroll_id() throws Exception {
        List<String> seen = crawl("?limit=30");
        assertThat(seen.subList(0, 30))
                .isNotEqualTo(seen.subList(0, 30).stream().sorted().toList());
        assertThat(seen.stream().distinct().count()).isLessThan(350);
    }

    @Test
    void ends_with_an_empty_page_and_takes_an_id_that_does_not_exist_as_a_start() throws Exception {
        assertThat(ids("?scroll_id=zzzz-zzzz")).isEmpty();
        assertThat(ids("?scroll_id=0000-0000&limit=5"))
                .isEqualTo(ids("?scroll_id&limit=5"))
                .hasSize(5);
        assertThat(ids("?limit=0")).isEmpty();
    }

    @Test
    void pages_by_offset_within_an_order() throws Exception {
        assertThat(ids("?order=dataset_id&limit=7&offset=3"))
                .isEqualTo(ids("?scroll_id&limit=10").subList(3, 10));
        assertThat(ids("?order=dataset_id+DESC&limit=350")).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(ids("?offset=20&limit=5")).isEqualTo(ids("?limit=25").subList(20, 25));
    }

    @Test
    void sorts_by_update_newest_first_unless_told_otherwise_and_the_undated_last() throws Exception {
        List<String> dates = dates("?order=updatedAt&limit=350");
        assertThat(dates.subList(0, 349)).isSortedAccordingTo(Comparator.reverseOrder());
        List<String> ascending = dates("?order=updatedAt%20ASC&limit=350");
        assertThat(ascending.subList(0, 349)).isSorted();
        assertThat(ascending.get(349)).isEqualTo(dates.get(349)).contains("T25:");
    }

    @Test
    void serves_records_of_one_id_side_by_side_and_loses_the_second_at_the_border_of_a_page() throws Exception {
        try (StandInServer own = StandInServer.start()) {
            own.standIn().replace(List.of(line("bbbb-2222", 1), line("aaaa-2222", 2), line("bbbb-2222", 3)));
            assertThat(JSON.readTree(own.get("?scroll_id").body()).get("results"))
                    .map(record -> record.at("/resource/n").asInt())
                    .containsExactly(2, 1, 3);
            assertThat(JSON.readTree(own.get("?scroll_id=bbbb-2222").body()).get("results"))
                    .isEmpty();
        }
    }

    @Test
    void says_ten_thousand_when_there_are_more() throws Exception {
        try (StandInServer own = StandInServer.start()) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 10_001; i++) {
                lines.add(line("a%03d-%04d".formatted(i % 1_000, i / 1_000), i));
            }
            own.standIn().replace(lines);
            JsonNode page = JSON.readTree(own.get("?limit=10000").body());
            assertThat(page.get("resultSetSize").asInt()).isEqualTo(10_000);
            assertThat(page.get("results")).hasSize(10_000);
        }
    }

    private static String line(String id, int n) {
        return "{\"resource\":{\"id\":\"%s\",\"n\":%d},\"metadata\":{\"domain\":\"a.example\"}}".formatted(id, n);
    }

    private static List<String> crawl(String first) throws Exception {
        List<String> seen = new ArrayList<>();
        for (List<String> page = ids(first); !page.isEmpty(); ) {
            seen.addAll(page);
            page = ids("?limit=30&scroll_id=" + page.get(page.size() - 1));
        }
        return seen;
    }

    private static List<String> ids(String query) throws Exception {
        return texts(query, "/resource/id");
    }

    private static List<String> dates(String query) throws Exception {
        return texts(query, "/resource/updatedAt");
    }

    private static List<String> texts(String query, String pointer) throws Exception {
        List<String> texts = new ArrayList<>();
        JsonNode results = JSON.readTree(server.get(query).body()).get("results");
        results.forEach(record -> texts.add(record.at(pointer).asText()));
        return texts;
    }
}
