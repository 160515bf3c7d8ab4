package dev.catchment.catalog.agency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgencyTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Health, Department of | department",
                "Austin Police Department (APD) | police",
                "Cook County Sheriff’s Office | police",
                "Fire and Police Pensions Commission | commission",
                "Civilian Office of Police Accountability | office",
                "Blue Mountain Fire District 1 | fire",
                "Oakland Unified School District | school",
                "University of Maryland, Department of Geography | university",
                "City of College Station | municipality",
                "Office of Tobacco Control, New Jersey Department of Health | office",
                "Department of Health, Office of Vital Statistics | department",
                "New York City Housing Authority (NYCHA) | authority",
                "County of Marin | county",
                "Cook County Assessor | office",
                "State of New York | state",
                "Department of State | department",
                "Alcaldía Municipal de Ejemplo | municipality",
                "Departamento de Educación | department",
                "Ministère de l'Environnement | ministry",
                "Comune di Milano | municipality",
                "Regione Lombardia | state",
                "Ajuntament de Terrassa | municipality",
                "Generalitat de Catalunya | state",
                "Finance and Administration Department | department",
                "Energy Information Administration (EIA) | administration",
                "Clerk of the Superior Court | court",
            })
    void the_name_tells_the_type(String name, String type) {
        assertThat(AgencyType.of(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "Countywide Data",
        "Officers' Club",
        "Departmental",
        "Boardwalk",
        "EPA",
        "Government of Canada",
        "Courtland Services"
    })
    void parts_of_words_tell_nothing(String name) {
        assertThat(AgencyType.of(name)).isNull();
    }

    @Test
    void no_name_has_no_type() {
        assertThat(AgencyType.of(null)).isNull();
    }

    @Test
    void colombia_states_the_order_of_a_body() {
        assertThat(AgencyType.ofOrden("Nacional")).isEqualTo("national");
        assertThat(AgencyType.ofOrden("TERRITORIAL")).isEqualTo("territorial");
        assertThat(AgencyType.ofOrden("No aplica")).isNull();
    }
}
