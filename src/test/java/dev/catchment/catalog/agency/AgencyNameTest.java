package dev.catchment.catalog.agency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgencyNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "City of AUstin | City of Austin",
                "U.S. Census | US Census",
                "Port Authority of NY&NJ | Port Authority of NY and NJ",
                "Mayor's Office of Operations | Mayor’s Office of Operations",
                "Office of the Controller - City of Los Angeles | Office of the Controller, City of Los Angeles",
                "New  York State Department of Health | New York State Department of  Health",
                "DEPARTAMENTO DE EDUCACIóN | Departamento de Educación",
                "Parks &amp; Recreation | Parks and Recreation",
                "STRASSENBAUAMT | Straßenbauamt",
                "Cafe\u0301 Board | Café Board",
            })
    void spelling_variants_of_one_name_become_one(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other)).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Region 1-2 | Region 12",
                "Department of Health | Department of Health (DOH)",
                "Educación | Educacion",
                "Commission on Women | Commission on Women's Issues",
            })
    void different_names_stay_apart(String one, String other) {
        assertThat(key(one)).isNotEqualTo(key(other));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " \u00a0",
                "{{agency}}",
                "https://www.somervillema.gov/departments",
                "www.nyc.gov/html",
                "N/A",
                "Other",
                "taxforeclosures@kingcounty.gov",
                "mailto:opendata",
                "311",
                "---",
                "<b>Parks</b>",
                "Source: PIT",
                "ETC Institute (http://www.etcinstitute.com/)",
                "Los Angeles County Scorecards, June 2018",
                "Department of Administrative Services. Data assembled from the Blue Book",
                "OUSD by request",
                "Data Provided by Department of State",
                "This data resides on the City of Cambridge system",
                "Materials used are provided here",
                "U.S. Census Bureau, American Community Survey 5-Year Estimates"
            })
    void addresses_placeholders_and_citations_are_no_names(String text) {
        assertThat(AgencyName.of(text)).isEmpty();
    }

    @Test
    void a_text_longer_than_120_characters_is_no_name() {
        assertThat(AgencyName.of("A".repeat(120))).isPresent();
        assertThat(AgencyName.of("A".repeat(121))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "St. Paul Dept. Of Parks",
                "U.S. Geological Survey",
                "John Snow, Inc.",
                "Department of Health (DOH)",
                "Service New Brunswick / Service Nouveau-Brunswick",
                "Board of Estimates"
            })
    void names_with_full_stops_and_brackets_are_names(String name) {
        assertThat(AgencyName.of(name).orElseThrow().display()).isEqualTo(name);
    }

    @Test
    void shows_nfc_with_single_spaces() {
        assertThat(AgencyName.of("\t Cafe\u0301 \n  Board\u00a0").orElseThrow().display())
                .isEqualTo("Café Board");
    }

    private static String key(String text) {
        return AgencyName.of(text).orElseThrow().key();
    }
}
