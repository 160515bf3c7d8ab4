package dev.catchment.catalog.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountryTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "data.ny.gov,US",
        "data.cityofnewyork.us,US",
        "data.army.mil,US",
        "data.novascotia.ca,CA",
        "data.melbourne.vic.gov.au,AU",
        "idp.nz,NZ",
        "opendata.rdw.nl,NL",
        "www.dati.lombardia.it,IT",
        "opendata.camden.gov.uk,GB",
        "analisi.transparenciacatalunya.cat,ES",
        "datos.example.pr,PR",
        "www.datos.gov.co,CO",
        "data.pr.gov,US",
        "data.example.fr,FR"
    })
    void the_domain_name_tells_the_country(String domain, String country) {
        assertThat(Country.rules().of(domain)).isEqualTo(country);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "finances.worldbank.org",
                "data.cdp.net",
                "cohesiondata.ec.europa.eu",
                "startup.co",
                "data.example.com.co",
                "hub.io",
                "about.me",
                "data.who.int",
                "albany.data.socrata.com",
                "ontario.demo.socrata.com",
                "gov",
                "localhost",
                "notgov",
                "xgov.example"
            })
    void the_region_and_generic_names_tell_nothing(String domain) {
        assertThat(Country.rules().of(domain)).isEqualTo(domain.equals("gov") ? "US" : null);
    }

    @Test
    void the_operators_list_wins_over_the_rules() throws IOException {
        Country country = Country.from(file("\uFEFFHost,Other,COUNTRY\r\nDATA.Example.org,x,ca\r\nidp.nz,,gb\r\n"
                + "data.cdp.ca,,World\r\ndata.ny.gov,,\r\n"));
        assertThat(country.of("data.example.org")).isEqualTo("CA");
        assertThat(country.of("idp.nz")).isEqualTo("GB");
        assertThat(country.of("data.cdp.ca")).isNull();
        assertThat(country.of("data.ny.gov"))
                .as("an empty cell means not known")
                .isEqualTo("US");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host,country\\na.b,US\\nc.d,Canada | line=3 | ISO 3166-1 alpha-2",
                "host,country\\na.b,UK | line=2 | GB",
                "host,country\\n\"a\\nb.c\",US\\n | line=2 | host name",
                "host,country\\na.b,US\\nA.B,CA | line=3 | two countries",
                "host,country\\na.b | line=2 | fewer than the header",
                "host,region\\na.b,US | line=1 | country or owner_country",
                "portal,country\\na.b,US | line=1 | domain or host",
                "host,country,Country\\na.b,US,CA | line=1 | more than once",
                "host,country\\na.b,\"US | line=1 | not CSV",
                "host,country\\nhttps://a.b/,US | line=2 | host name",
            })
    void a_bad_list_is_refused_with_file_line_and_what_is_allowed(String text, String line, String allowed)
            throws IOException {
        Path file = file(text.replace("\\n", "\n"));
        assertThatThrownBy(() -> Country.from(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file=" + file)
                .hasMessageContaining(line)
                .hasMessageContaining(allowed);
    }

    @Test
    void a_list_that_is_named_but_not_there_is_refused() {
        Path missing = folder.resolve("nowhere.csv");
        assertThatThrownBy(() -> Country.from(missing))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("file=" + missing);
    }

    @Test
    void a_list_in_another_encoding_is_refused() throws IOException {
        Path file = folder.resolve("latin1.csv");
        Files.write(file, "host,country,name\na.b,US,Café\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Country.from(file)).hasMessageContaining("UTF-8");
    }

    @Test
    void no_list_means_rules_alone() {
        assertThat(Country.from(null).of("idp.nz")).isEqualTo("NZ");
    }

    @Test
    void reads_the_portal_registry_as_it_is() {
        Path registry = Path.of("../shared/data/discovery/socrata_portals.csv");
        Assumptions.assumeTrue(Files.exists(registry), "recorded data is not here: " + registry);
        Country country = Country.from(registry);
        assertThat(country.of("ontario.demo.socrata.com")).isEqualTo("CA");
        assertThat(country.of("mydata.iadb.org")).isNull();
        assertThat(country.of("cohesiondata.ec.europa.eu")).isNull();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("countries.csv"), text);
    }
}
