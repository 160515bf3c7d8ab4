package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.errors.FatalFailure;
import dev.catchment.http.HttpAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrawlTest {
    private static final Map<String, Object> COMMITTED =
            Map.of("added", 1L, "updated", 0L, "unchanged", 0L, "restored", 0L);

    private final Crawl crawl = new Crawls("http://us", "http://eu", new AppToken(null), 10)
            .begin(CrawlOrder.whole("us", "test"), null, List.of());

    @Test
    void is_complete_when_every_page_is_written_up_to_an_empty_one() throws Exception {
        crawl.written(List.of(COMMITTED), fetch("2222-2223"));
        crawl.written(List.of(COMMITTED), fetch());
        assertThat(crawl.hasMore()).isFalse();
        assertThat(crawl.end())
                .matches(CrawlEnd::complete)
                .extracting(CrawlEnd::status)
                .isEqualTo("succeeded");
    }

    @Test
    void has_failed_when_a_page_was_not_written_even_if_it_was_stopped_at_its_end() throws Exception {
        FetchedPage page = fetch("2222-2223");
        FetchedPage end = fetch();
        crawl.stop();
        crawl.notWritten(new FatalFailure("the disk is full"), page);
        crawl.written(List.of(COMMITTED), end);
        assertThat(crawl.isComplete()).isFalse();
        assertThat(crawl.end().status()).isEqualTo("failed");
    }

    @Test
    void is_stopped_when_it_ends_early() throws Exception {
        FetchedPage page = fetch("2222-2223");
        crawl.stop();
        crawl.written(List.of(COMMITTED), page);
        assertThat(crawl.hasMore()).isFalse();
        assertThat(crawl.end())
                .matches(end -> !end.complete())
                .extracting(CrawlEnd::status)
                .isEqualTo("stopped");
    }

    private FetchedPage fetch(String... ids) throws Exception {
        crawl.nextCall();
        List<RawRecord> records = List.of(ids).stream()
                .map(id -> new RawRecord(new byte[0], 0, 0, 0, id, null))
                .toList();
        return crawl.take(new HttpAnswer("u", 200, 1, Instant.now(), 1, 1, records));
    }
}
