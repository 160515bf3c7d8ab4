package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.support.Assets;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CrawlAgencyTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void spelling_variants_are_one_agency_under_its_first_spelling() {
        rig.set("catalog.writers", "1");
        rig.crawl(Assets.lines(
                by(1, "City of Northport"),
                by(2, "CITY OF NORTHPORT"),
                by(3, "City of  Northport."),
                by(4, "Parks & Trees"),
                by(5, "Parks and Trees")));
        assertThat(texts("select name from catalog.socrata_agencies order by name"))
                .containsExactly("City of Northport", "Parks & Trees");
        assertThat(texts("select distinct agency from catalog.socrata_datasets order by 1"))
                .containsExactly("City of Northport", "Parks & Trees");
        assertThat(texts("select attribution from catalog.socrata_datasets where id = ?", Assets.id(2)))
                .containsExactly("CITY OF NORTHPORT");
    }

    @Test
    void the_first_spelling_stays_over_crawls() {
        rig.crawl(Assets.lines(by(5, "City of Northport")));
        rig.crawl(Assets.lines(by(1, "CITY OF NORTHPORT"), by(5, "City of Northport")));
        assertThat(texts("select agency from catalog.socrata_datasets")).containsOnly("City of Northport");
        assertThat(number("select count(*) from catalog.socrata_agencies")).isEqualTo(1);
    }

    @Test
    void two_writers_that_meet_two_spellings_at_once_keep_one() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            lines.add(by(i, i / 10 % 2 == 0 ? "City of Northport" : "CITY OF NORTHPORT")
                    .toString());
        }
        rig.crawl(lines);
        assertThat(number("select count(*) from catalog.socrata_agencies")).isEqualTo(1);
        assertThat(texts("select distinct agency from catalog.socrata_datasets"))
                .hasSize(1)
                .isEqualTo(texts("select name from catalog.socrata_agencies"));
    }

    @Test
    void the_same_name_on_two_portals_is_two_agencies() {
        ObjectNode other = Assets.asset(2, "data.other.gov");
        rig.crawl(Assets.lines(Assets.asset(1), other));
        assertThat(texts("select host from catalog.socrata_agencies order by 1"))
                .containsExactly("data.example.gov", "data.other.gov");
    }

    @Test
    void an_asset_that_names_nobody_has_no_agency() {
        rig.crawl(Assets.lines(by(1, null), by(2, "{{attribution}}"), by(3, "https://example.gov"), by(4, " ")));
        assertThat(number("select count(*) from catalog.socrata_datasets where agency is null"))
                .isEqualTo(4);
        assertThat(number("select count(*) from catalog.socrata_agencies")).isZero();
    }

    @Test
    void a_known_agency_type_is_never_overwritten_with_null() {
        rig.crawl(Assets.lines(by(1, "Northport Zoo")));
        assertThat(text("select type from catalog.socrata_agencies")).isEqualTo("null");
        TestDatabase.execute("update catalog.socrata_agencies set type = 'authority'");
        rig.crawl();
        assertThat(text("select type from catalog.socrata_agencies")).isEqualTo("authority");
    }

    @Test
    void a_known_country_is_never_overwritten_with_null(@TempDir Path folder) throws Exception {
        Path list = folder.resolve("countries.csv");
        Files.writeString(list, "domain,country\nopen.example.com,NP\n");
        rig.set("catalog.countries", list.toString());
        rig.crawl(Assets.lines(Assets.asset(1, "open.example.com")));
        assertThat(text("select country from catalog.socrata_domains")).isEqualTo("NP");
        rig.set("catalog.countries", "");
        rig.crawl(Assets.lines(Assets.asset(1, "open.example.com"), Assets.asset(2, "open.example.com")));
        assertThat(text("select country from catalog.socrata_domains")).isEqualTo("NP");
    }

    @Test
    void a_country_never_comes_from_the_region() {
        rig.crawl(Assets.lines(Assets.asset(1, "portal.example.com"), Assets.asset(2, "data.melbourne.vic.gov.au")));
        assertThat(texts("select domain || coalesce(country, '?') || region from catalog.socrata_domains order by 1"))
                .containsExactly("data.melbourne.vic.gov.auAUus", "portal.example.com?us");
    }

    /** An asset whose only word on its publisher is the attribution. */
    private static ObjectNode by(int number, String attribution) {
        ObjectNode asset = Assets.asset(number);
        Assets.resource(asset).put("attribution", attribution);
        Assets.classification(asset).putArray("domain_metadata");
        return asset;
    }
}
