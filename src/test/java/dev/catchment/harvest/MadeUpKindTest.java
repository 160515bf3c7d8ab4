package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The proof of the idea: an API that nothing here has heard of becomes a source by forty lines that are dropped into a folder
 * while the service runs. Then it is walked, resumed, retired with proof, known again under another key, and remembered.
 */
class MadeUpKindTest {
    /** Lists of shelves; each lists its books page by page, with a cursor that is opaque. */
    private static final String KIND = """
            kind: shelves
            title: A library of shelves
            request:
              url: "{source.url}/v3/shelves/{parent}/books"
              query: { view: full }
              headers: { Accept: application/json }
            parents: { url: "{source.url}/v3/shelves", records: /shelves, key: /code }
            page:
              by: cursor
              params: { from: token, size: max }
              size: 5
              next: /paging/token
              end: [no-next, total]
            check: { /status: fine }
            error-message: /complaint
            records: /content/books
            total: /paging/all
            key: { at: [/ref] }
            order: { by: document, stable: true }
            modified: { at: /edited, zone: UTC }
            volatile: [/lent]
            noise: [/edited]
            gone: { url: "{source.url}/v3/books/{key}", status: [404, 410] }
            retire: { after: 2, max-percent: 50%, at-least: 5 }
            identity: [normal-key, title-issued]
            polite: { requests-per-second: 100, concurrent: 1 }
            schedule: "0 0 3 * * ?"
            """;

    private static final String MAPPING = """
            -- A book on a shelf.
            select
              'dataset' as record_type,
              raw ->> 'name' as title,
              harvest.plain(raw ->> 'blurb') as description,
              harvest.moment(raw ->> 'printed') as issued_at,
              raw ->> 'printed' as issued,
              harvest.moment(raw ->> 'edited') as modified_at,
              raw #>> '{house,name}' as publisher,
              harvest.texts(raw -> 'subjects') as keywords
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private static String book(String ref, int number, String blurb) {
        return """
                {"ref":"%s","name":"Book %d","blurb":"<p>%s</p>","printed":"20%02d-05-01","edited":"2026-01-%02d","lent":%d,
                "house":{"name":"House of Made-up Books"},"subjects":["maps","weather"]}
                """.formatted(ref, number, blurb, number, 1 + number % 28, number * 7);
    }

    private static List<String> books(String prefix, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> book(prefix + number, number, "Of many things."))
                .toList();
    }

    @Test
    void forty_lines_make_a_source_of_an_api_that_nobody_heard_of() {
        assertThat(KIND.lines().count()).isLessThanOrEqualTo(40);
        assertThat(MAPPING.lines().count()).isLessThanOrEqualTo(30);
        rig.service(); // which runs already
        rig.declare("shelves", KIND, MAPPING);
        KindStandIn standIn = rig.standIn("shelves", KIND);
        standIn.serve(Map.of("A", books("a-", 1, 12), "B", List.of(), "C", books("c-", 21, 38)));

        // It fails in the middle, and resumes at its page.
        standIn.override(
                request -> request.path().contains("/C/") && request.query().contains("~10")
                        ? Optional.of(Answer.json(403, "{}"))
                        : Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "failed").containsEntry("seen", 22L);
        standIn.override(request -> Optional.empty());
        standIn.forget();
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("seen", 8L);
        assertThat(rig.asked()).noneMatch(question -> question.contains("/A/"));
        assertThat(rig.held()).hasSize(30);
        assertThat(
                        TestDatabase.rows(
                                "select title, description, publisher, keywords[2] as second from harvest.datasets where key = 'c-30'"))
                .containsExactly(Map.of(
                        "title",
                        "Book 30",
                        "description",
                        "Of many things.",
                        "publisher",
                        "House of Made-up Books",
                        "second",
                        "weather"));

        // Nothing changed but what is no content.
        assertThat(rig.harvest()).containsEntry("unchanged", 30L).containsEntry("updated", 0L);

        // One is changed, one is gone, one has another key.
        String id = TestDatabase.text("select id from harvest.datasets where key = 'c-30'");
        List<String> shelf = new ArrayList<>(books("c-", 21, 37));
        shelf.set(0, book("c-21", 21, "Of other things."));
        shelf.set(9, book("moved-30", 30, "Of many things."));
        standIn.serve(Map.of("A", books("a-", 1, 12), "B", List.of(), "C", shelf));
        assertThat(rig.harvest()).containsEntry("updated", 1L).containsEntry("retired", 0L);
        assertThat(TestDatabase.text("select id from harvest.datasets where key = 'moved-30'"))
                .isEqualTo(id);
        assertThat(TestDatabase.rows("select old_key, new_key, rule from harvest.renames"))
                .containsExactly(Map.of("old_key", "c-30", "new_key", "moved-30", "rule", "title-issued"));
        assertThat(rig.harvest()).containsEntry("retired", 1L);
        assertThat(rig.held()).hasSize(29).doesNotContain("c-38", "c-30");
        assertThat(rig.asked()).anyMatch(question -> question.endsWith("/v3/books/c-38"));

        // What was, is remembered.
        assertThat(TestDatabase.texts("""
                select v.state ->> 'description'
                from harvest.versions v join harvest.datasets d on d.id = v.dataset_id
                where d.key = 'c-21'
                """)).containsExactly("Of many things.");
        assertThat(TestDatabase.texts("select distinct cause from harvest.versions order by 1"))
                .contains("changed", "retired");
    }
}
