package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole page in the true shapes of 2016 to 2025, of both regions, as the API prints it. */
class CassetteTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @BeforeEach
    void play() {
        String page = Assets.cassette("page-of-all-years").toPrettyString();
        rig.serve(List.of());
        rig.standIn()
                .override(request -> request.query().startsWith("scroll_id=&")
                        ? Optional.of(Answer.json(200, page))
                        : Optional.empty());
    }

    @Test
    void every_shape_becomes_a_dataset() {
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 6, added 6");
        assertThat(texts("select id || ' ' || domain || ' ' || type from catalog.socrata_datasets order by id"))
                .containsExactly(
                        "2h2n-4cm4 data.example.org map",
                        "3h2n-4cm4 data.example.gov dataset",
                        "9jdj-3h57 cos-data.example.gov federated_href",
                        "m4k2-9sxx www.datos.gov.co dataset",
                        "m9d7-ebf2 opendata.rdw.nl dataset",
                        "wppx-73fm data.example.gov dataset");
        assertThat(
                        number(
                                "select count(*) from catalog.socrata_datasets where permalink ~ '^https://' and link ~ '^https://'"))
                .isEqualTo(6);
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
    }

    @Test
    void countries_come_from_the_names_of_domains() {
        rig.crawl();
        assertThat(texts("select domain || ' ' || coalesce(country, '-') from catalog.socrata_domains order by 1"))
                .containsExactly(
                        "cos-data.example.gov US",
                        "data.example.gov US",
                        "data.example.org -",
                        "opendata.rdw.nl NL",
                        "www.datos.gov.co CO");
    }

    @Test
    void the_same_page_again_changes_nothing() {
        rig.crawl();
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 6, unchanged 6");
    }
}
