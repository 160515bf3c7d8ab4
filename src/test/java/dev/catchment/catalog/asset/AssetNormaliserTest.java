package dev.catchment.catalog.asset;

import static dev.catchment.catalog.Results.changed;
import static dev.catchment.catalog.Results.classification;
import static dev.catchment.catalog.Results.fixture;
import static dev.catchment.catalog.Results.normalise;
import static dev.catchment.catalog.Results.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.catalog.Results;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.BatchJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetNormaliserTest {

    @Test
    void reads_every_column_of_a_result_of_2025() throws BadRecord {
        Asset asset = normalise(fixture("asset-2025"));
        assertThat(asset.id()).isEqualTo("wppx-73fm");
        assertThat(asset.name()).isEqualTo("Street Trees");
        assertThat(asset.description()).isEqualTo("Trees <b>in</b> streets");
        assertThat(asset.type()).isEqualTo("dataset");
        assertThat(asset.category()).isEqualTo("Environment");
        assertThat(asset.tags()).containsExactly("trees", "parks", "streets");
        assertThat(asset.agency()).isEqualTo("Department of Parks and Recreation (DPR)");
        assertThat(asset.agencyKey()).isEqualTo("departmentofparksandrecreationdpr");
        assertThat(asset.agencyType()).isEqualTo("department");
        assertThat(asset.attribution()).isEqualTo("Department of Parks & Recreation (DPR)");
        assertThat(asset.provenance()).isEqualTo("official");
        assertThat(asset.license()).isEqualTo("Public Domain");
        assertThat(asset.updatedAt()).isEqualTo(Instant.parse("2025-06-01T08:00:00.123Z"));
        assertThat(asset.pageViews()).isEqualTo(332);
        assertThat(asset.downloadCount()).isEqualTo(1917);
        assertThat(asset.contentHash()).matches("[0-9a-f]{64}");
        assertThat(asset.country()).isEqualTo("US");
    }

    @Test
    void lists_every_host_once_and_takes_the_permalink_for_the_host() throws BadRecord {
        Asset asset = normalise(changed(r -> r.put("link", "https://WWW.Example.gov/x/wppx-73fm")));
        assertThat(asset.hosts()).containsExactly("data.example.gov", "www.example.gov");
        Asset federated = normalise(fixture("asset-federated"));
        assertThat(federated.domain()).isEqualTo("cos-data.example.gov");
        assertThat(federated.host()).isEqualTo("data.example.gov");
    }

    @Test
    void reads_2018_with_parent_fxf_null_without_creator_and_with_null_dates() throws BadRecord {
        Asset asset = normalise(fixture("asset-2018"));
        assertThat(asset.dataUpdatedAt()).isNull();
        assertThat(asset.category()).isNull();
        assertThat(asset.license()).isNull();
        assertThat(asset.tags()).isEmpty();
    }

    @Test
    void reads_2016_with_parent_fxf_a_string_view_count_and_domain_metadata_an_object() throws BadRecord {
        Asset asset = normalise(fixture("asset-2016"));
        assertThat(asset.pageViews()).isEqualTo(12);
        assertThat(asset.downloadCount()).isNull();
        assertThat(asset.description()).isNull();
        assertThat(asset.metadataUpdatedAt()).isNull();
    }

    @Test
    void adds_the_scheme_that_addresses_of_2016_lacked() throws BadRecord {
        Asset asset = normalise(fixture("asset-2016"));
        assertThat(asset.permalink()).isEqualTo("https://data.example.org/d/3h2n-4cm4");
        assertThat(asset.host()).isEqualTo("data.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "ftp://data.example.gov/x", "", "not an address", "https:///x"})
    void keeps_no_address_that_is_not_of_the_web(String address) throws BadRecord {
        Asset asset = normalise(changed(r -> r.put("permalink", address).put("link", address)));
        assertThat(asset.permalink()).isNull();
        assertThat(asset.host()).isEqualTo("data.example.gov");
    }

    @Test
    void accepts_missing_objects_null_objects_and_unknown_keys() throws BadRecord {
        Asset asset = normalise("""
                {"resource":{"id":"wppx-73fm","name":"x","page_views":null,"backend":{"new":[1]}},"classification":null,
                 "metadata":{"domain":"Data.Example.ORG"},"warnings":[]}""");
        assertThat(asset.domain()).isEqualTo("data.example.org");
        assertThat(asset.host()).isEqualTo("data.example.org");
        assertThat(asset.country()).isNull();
        assertThat(asset.pageViews()).isNull();
    }

    @Test
    void takes_blank_strings_and_unfilled_templates_for_no_value() throws BadRecord {
        Asset asset = normalise(changed(r -> {
            resource(r)
                    .put("attribution", " \u00a0 ")
                    .put("description", "{{description}}")
                    .put("createdAt", " ");
            classification(r).remove("domain_metadata");
        }));
        assertThat(asset.attribution()).isNull();
        assertThat(asset.agency()).isNull();
        assertThat(asset.description()).isNull();
        assertThat(asset.createdAt()).isNull();
    }

    @Test
    void reads_dates_with_an_offset_and_counts_written_with_a_point() throws BadRecord {
        Asset asset = normalise(fixture("asset-2025")
                .toString()
                .replace("2018-07-18T16:42:41.000Z", "2018-07-18T16:42:41+02:00")
                .replace(":1917", ":1.917e3"));
        assertThat(asset.createdAt()).isEqualTo(Instant.parse("2018-07-18T14:42:41Z"));
        assertThat(asset.downloadCount()).isEqualTo(1917);
    }

    @Test
    void reads_a_slice_of_a_page() throws BadRecord {
        byte[] record = fixture("asset-eu-2025").toString().getBytes(StandardCharsets.UTF_8);
        byte[] page = ("[" + new String(record, StandardCharsets.UTF_8) + ",{}]").getBytes(StandardCharsets.UTF_8);
        assertThat(new AssetNormaliser().normalise(page, 1, record.length).country())
                .isEqualTo("NL");
    }

    @Test
    void writes_one_flat_object_with_the_names_of_the_columns() throws Exception {
        JsonNode row = Results.JSON.readTree(BatchJson.text(normalise(fixture("asset-2018"))));
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        ("id domain host hosts permalink link name description type category tags license agency "
                                        + "agency_key agency_type attribution provenance created_at updated_at data_updated_at "
                                        + "metadata_updated_at page_views download_count content_hash country")
                                .split(" "));
        assertThat(row.get("created_at").textValue()).isEqualTo("2018-07-18T16:42:41Z");
        assertThat(row.get("data_updated_at").isNull()).isTrue();
        assertThat(row.get("page_views").longValue()).isEqualTo(332);
        assertThat(row.get("hosts").isArray()).isTrue();
    }
}
