package dev.catchment.catalog.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInFilterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static StandInServer server;

    @BeforeAll
    static void start() {
        server = StandInServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?scroll_id&order=name | The `order` and `scroll_id` parameters cannot both be specified
            ?scroll_id=&offset=0 | The `offset` and `scroll_id` parameters cannot both be specified
            ?offset=9901 | Sum of `offset` and `limit` cannot exceed 10000
            ?limit=10001 | Invalid 'limit' parameter: must be a whole number from 0 to 10000; got 10001
            ?limit=ten | Invalid 'limit' parameter: must be a whole number from 0 to 10000; got ten
            ?order=popularity | 'popularity' is not a supported sort
            ?order=updatedAt+sideways | 'updatedAt sideways' is not a supported sort
            ?ids=abcd-2345,nonsense | Id 'nonsense' is incorrectly formatted and will not identify any asset.
            ?scroll_id=x | Id 'x' is incorrectly formatted and will not identify any asset.
            ?q=trees | The stand-in does not know the parameter 'q' of the real service
            """)
    void refuses_what_the_service_refuses(String query, String message) throws Exception {
        HttpResponse<String> response = server.get(query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()))
                .isEqualTo(JSON.createObjectNode().put("error", message));
    }

    @Test
    void narrows_by_domain_in_any_case_repeated_or_with_commas() throws Exception {
        int one = size("?domains=data.northport.example");
        int other = size("?domains=DATOS.valverde.example");
        assertThat(one).isEqualTo(40);
        assertThat(size("?domains=data.northport.example,datos.valverde.example"))
                .isEqualTo(one + other);
        assertThat(size("?domains=data.northport.example&domains=datos.valverde.example"))
                .isEqualTo(one + other);
        assertThat(size("?domains[]=data.northport.example&scroll_id=")).isEqualTo(one);
    }

    @Test
    void answers_404_for_the_whole_request_if_one_domain_is_unknown() throws Exception {
        HttpResponse<String> response = server.get("?domains=data.northport.example,nowhere.example");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":\"Domain not found: nowhere.example\"}");
    }

    @Test
    void finds_by_ids() throws Exception {
        JsonNode results =
                JSON.readTree(server.get("?scroll_id&limit=2").body()).get("results");
        String one = results.at("/0/resource/id").asText();
        String two = results.at("/1/resource/id").asText();
        assertThat(size("?ids=%s,%s,2222-2222".formatted(one, two))).isEqualTo(2);
        assertThat(size("?ids=%s&ids=%s".formatted(one, two))).isEqualTo(2);
    }

    @Test
    void takes_an_unknown_parameter_for_a_field_nobody_has() throws Exception {
        assertThat(server.get("?domain=data.northport.example").statusCode()).isEqualTo(200);
        assertThat(size("?domain=data.northport.example")).isZero();
    }

    @Test
    void knows_no_list_of_domains_any_more() throws Exception {
        assertThat(server.get("/domains").statusCode()).isEqualTo(404);
        assertThat(server.get("/domains").body()).isEqualTo("{\"error\":\"not found\"}");
    }

    @Test
    void refuses_a_bad_app_token_in_the_shape_of_the_platform_and_takes_any_other() throws Exception {
        HttpResponse<String> response = server.get("?limit=1", "X-App-Token", DiscoveryStandIn.REFUSED_TOKEN);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .isEqualTo("{\"code\":\"permission_denied\",\"error\":true,"
                        + "\"message\":\"Invalid app_token specified\"}");
        assertThat(server.get("?limit=1", "X-App-Token", "good").statusCode()).isEqualTo(200);
    }

    private static int size(String query) throws Exception {
        JsonNode page = JSON.readTree(server.get(query).body());
        return page.get("resultSetSize").asInt();
    }
}
