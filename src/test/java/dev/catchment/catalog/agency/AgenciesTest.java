package dev.catchment.catalog.agency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.catalog.Results;
import dev.catchment.catalog.asset.Asset;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.field.RecordFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgenciesTest {

    private final Agencies agencies = new Agencies();

    @Test
    void the_department_goes_before_the_attribution_before_the_publisher() {
        String publisher = "Common-Core_Publisher=State of Example";
        assertThat(name("Parks", "Agency_Agency=Roads", publisher)).isEqualTo("Roads");
        assertThat(name("Parks", publisher)).isEqualTo("Parks");
        assertThat(name(null, publisher)).isEqualTo("State of Example");
        assertThat(name(null)).isNull();
    }

    @Test
    void a_known_key_goes_before_a_guessed_one_whatever_their_order() {
        assertThat(name(
                        null,
                        "Our-Set_Department=Guess",
                        "Dataset-Summary_Organization=Later",
                        "Dataset-Information_Agency=First"))
                .isEqualTo("First");
    }

    @Test
    void a_department_that_is_no_name_gives_way_to_the_next_candidate() {
        assertThat(name("Parks", "Agency_Agency=Other")).isEqualTo("Parks");
        assertThat(name("Parks", "Agency_Agency=https://example.gov", "Our-Set_Department=Roads"))
                .isEqualTo("Roads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contributing-Agency_Contact-Email",
                "Common-Core_Bureau-Code",
                "Common-Core_Program-Code",
                "Contributing-Agency-Information_Agency-Program-Page",
                "Contributing-Agency-Information_Citation",
                "Agency_Update-Frequency",
                "Agency_Geographic-Unit",
                "Department_Group",
                "Data-Owner_Owner",
                "Metadata_Data-Owner",
                "Dataset-Information_Agency-URL",
                "Departmental_Notes"
            })
    void keys_that_only_look_like_a_department_name_nobody(String key) {
        assertThat(name(null, key + "=Somebody")).isNull();
    }

    @Test
    void an_owner_field_counts_only_where_the_portal_puts_departments_there() {
        List<RecordFields.Pair> owner = List.of(new RecordFields.Pair("Data-Owner_Owner", "Seattle Police"));
        assertThat(agencies.of("performance.seattle.gov", owner, null).name()).isEqualTo("Seattle Police");
        assertThat(agencies.of("data.example.gov", owner, null)).isEqualTo(Agency.UNKNOWN);
    }

    @Test
    void colombias_stated_order_is_the_type() throws BadRecord {
        Asset asset = Results.normalise(Results.fixture("asset-colombia"));
        assertThat(asset.agency()).isEqualTo("Alcaldía Municipal de Ejemplo");
        assertThat(asset.agencyType()).isEqualTo("territorial");
        assertThat(asset.country()).isEqualTo("CO");
    }

    @Test
    void the_publisher_names_the_agency_of_a_federated_asset_and_never_the_owner() throws BadRecord {
        assertThat(Results.normalise(Results.fixture("asset-federated")).agency())
                .isEqualTo("City of Example GIS Program");
    }

    private String name(String attribution, String... metadata) {
        List<RecordFields.Pair> pairs = new ArrayList<>();
        for (String pair : metadata) {
            pairs.add(new RecordFields.Pair(pair.split("=")[0], pair.split("=")[1]));
        }
        return agencies.of("data.example.gov", pairs, attribution).name();
    }
}
