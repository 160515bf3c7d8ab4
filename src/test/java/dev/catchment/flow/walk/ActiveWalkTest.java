package dev.catchment.flow.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.errors.FatalFailure;
import dev.catchment.flow.RunEnd;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.http.HttpAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActiveWalkTest {
    private static final Map<String, Object> COMMITTED =
            Map.of("added", 1L, "updated", 0L, "unchanged", 0L, "restored", 0L);

    private static final WalkOrder ORDER = WalkOrder.whole("catalog", "crawl", "us", "test");

    static final WalkSource SOURCE = new WalkSource(
            KindFile.read("made-up.kind.yaml", """
                    kind: made-up
                    title: Made up
                    request: { url: "{source.url}" }
                    page: { by: scroll, params: { from: after, size: n }, first: "", smallest: 100, end: [empty-page, total] }
                    records: /items
                    total: /count
                    total-clamped: 10000
                    key: { at: [/id], pattern: "[2-9]{4}-[2-9]{4}" }
                    modified: { at: /changed }
                    since: { query: { newest: "" }, most: 10000 }
                    gone: { batch: { query: { ids: "{keys}" }, of: 99 } }
                    room: made
                    """).kind(),
            null,
            "catalog.us.url",
            Placeholders.of("us", "http://us", "us", Map.of()),
            new AccessToken(new Secrets(Map.of()), "TOKEN", "X-Token"));

    private final ActiveWalk crawl =
            new ActiveWalk(ORDER, RunStart.of(ORDER.run(), null), SOURCE, (raw, place) -> null, 10);

    @Test
    void is_complete_when_every_page_is_written_up_to_a_second_empty_one_and_the_end_is_trusted() throws Exception {
        crawl.written(List.of(COMMITTED), fetch("2222-2223").sequence());
        crawl.written(List.of(COMMITTED), fetch().sequence());
        assertThat(crawl.hasMore()).isTrue();
        crawl.written(List.of(COMMITTED), fetch().sequence());
        assertThat(crawl.hasMore()).isFalse();
        assertThat(crawl.isEndOpen()).isTrue();
        assertThat(crawl.isComplete()).isFalse();
        crawl.trustEnd();
        assertThat(crawl.end())
                .matches(RunEnd::complete)
                .extracting(RunEnd::status)
                .isEqualTo("succeeded");
    }

    @Test
    void has_failed_when_a_page_was_not_written_even_if_it_was_stopped_at_its_end() throws Exception {
        FetchedPage page = fetch("2222-2223");
        FetchedPage end = fetch();
        crawl.stop();
        crawl.notWritten(new FatalFailure("the disk is full"), page.sequence());
        crawl.written(List.of(COMMITTED), end.sequence());
        assertThat(crawl.isComplete()).isFalse();
        assertThat(crawl.end().status()).isEqualTo("failed");
    }

    @Test
    void is_stopped_when_it_ends_early() throws Exception {
        FetchedPage page = fetch("2222-2223");
        crawl.stop();
        crawl.written(List.of(COMMITTED), page.sequence());
        assertThat(crawl.hasMore()).isFalse();
        assertThat(crawl.end())
                .matches(end -> !end.complete())
                .extracting(RunEnd::status)
                .isEqualTo("stopped");
    }

    @Test
    void gives_a_place_back_unless_its_page_is_with_the_writers() throws Exception {
        crawl.takePlace();
        crawl.leavePlace();
        assertThat(fetch("2222-2223").sequence()).isEqualTo(1);
        crawl.handOn();
        crawl.leavePlace();
        assertThat(fetch().sequence()).isEqualTo(2);
        crawl.leavePlace();
        crawl.written(List.of(COMMITTED), 1);
        crawl.awaitWritten(); // for ever, if one of the two were still taken
    }

    private FetchedPage fetch(String... ids) throws Exception {
        crawl.takePlace();
        crawl.nextCall();
        List<RawRecord> records = List.of(ids).stream()
                .map(id -> new RawRecord(new byte[0], 0, 0, 0, id, null))
                .toList();
        return crawl.take(new HttpAnswer("u", 200, Map.of(), 1, Instant.now(), 1, 1, new RecordPage(records, 0)));
    }
}
