package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement as one step of a route. */
class StatementStepTest {
    private static final Map<String, Object> ASKED = Map.of("room", "catalog", "flow", "crawl", "scope", "us");

    private final Main main = new Main();

    @BeforeEach
    void start() {
        TestDatabase.empty();
        main.bind("statement", new StatementComponent(TestDatabase.get().dataSource()));
        main.addOverrideProperty("camel.main.jmxEnabled", "false");
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private Exchange run(Object body, String step) {
        return main.getCamelContext().createProducerTemplate().request(step, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("of-before", "1");
        });
    }

    @Test
    void gives_all_rows_of_the_parameters_that_an_expression_names_and_leaves_no_header() {
        Exchange done = run(
                "body", "statement:catalog/list-agencies?with=${bean:type:java.util.Map?method=of('region', 'us')}");
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isEqualTo(List.of());
        assertThat(done.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void takes_a_body_that_is_a_map_as_its_parameters() {
        Exchange done = run(Map.of("wait", true), "statement:names/refresh-statistics?rows=one");
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).hasToString("{is_refreshed=false}");
    }

    @Test
    void rows_that_nobody_took_for_the_route_failed_give_their_connection_back() throws Exception {
        main.getCamelContext().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:answered")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .to("statement:harvest/list-walks?rows=stream&optional=true")
                        .throwException(new IllegalStateException("after it"));
            }
        });
        Pool pool = TestDatabase.get().pool();
        int before = pool.getHikariPoolMXBean().getActiveConnections();
        for (int i = 0; i < 3; i++) {
            assertThat(run(Map.of("source", 1L, "most", 1), "direct:answered").getException())
                    .isNull();
        }
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(before);
    }

    @Test
    void one_row_that_is_not_there_is_null() {
        Exchange done = run(
                ASKED,
                "statement:names/open-next-job?with=${bean:type:java.util.Map?method=of('worker', 'w/1')}&rows=one");
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isNull();
    }

    @Test
    void says_which_parameter_is_missing_and_keeps_the_message() {
        Exchange done = run(ASKED, "statement:ops/find-last-run");
        assertThat(done.getException())
                .hasMessage("statement:ops/find-last-run takes the parameter mode, which is not given.");
        assertThat(done.getMessage().getBody()).isEqualTo(ASKED);
        assertThat(done.getMessage().getHeaders()).containsKey("of-before");
    }

    @Test
    void says_that_parameters_are_no_map() {
        assertThat(run("x", "statement:ops/find-last-run?with=${body}").getException())
                .hasMessageContaining("The parameters of statement:ops/find-last-run are no map");
    }

    @Test
    void a_statement_that_is_not_there_keeps_the_routes_from_starting() {
        assertThatThrownBy(() -> run("", "statement:ops/find-nothing"))
                .hasStackTraceContaining("There is no statement /sql/statements/ops/find-nothing.sql");
    }

    @Test
    void an_option_that_is_none_keeps_the_routes_from_starting() {
        assertThatThrownBy(() -> run("", "statement:ops/find-last-run?rows=few"))
                .hasStackTraceContaining("rows=few of statement:ops/find-last-run is none of [all, one, stream]");
    }

    @Test
    void an_unknown_option_keeps_the_routes_from_starting() {
        assertThatThrownBy(() -> run("", "statement:ops/find-last-run?row=one"))
                .hasStackTraceContaining("Unknown parameters");
    }
}
