package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.spi.RestRegistry;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The routes are held to the contract: every operation is called, and every answer is what it says. */
class ContractTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private final Contract contract = new Contract();

    @Test
    void every_operation_of_the_contract_is_a_route_and_every_route_an_operation() {
        Set<String> declared = contract.operations().stream()
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> served = PluginHelper.getRestRegistry(WEB.service().camel()).listAllRestServices().stream()
                .map(service -> service.getMethod() + " " + path(service))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(served).isEqualTo(declared).isNotEmpty();
    }

    private static String path(RestRegistry.RestService service) {
        return service.getBasePath() + (service.getUriTemplate() == null ? "" : service.getUriTemplate());
    }

    @TestFactory
    List<DynamicTest> every_read_answers_what_the_contract_says() {
        return contract.operations().stream()
                .filter(operation -> operation.method().equals("get"))
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> answers(operation)))
                .toList();
    }

    private void answers(Operation operation) throws Exception {
        WEB.execute(
                "insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at, finished_at) values "
                        + "('catalog', 'crawl', 'us', 'manual', 'full', 'succeeded', 'here', now(), now(), now(), now())");
        String run = TestDatabase.text("select max(id)::text from ops.runs");
        Map<String, String> values = Map.of("run", run);
        String path = operation.path();
        for (Map.Entry<String, String> value : values.entrySet()) {
            path = path.replace("{" + value.getKey() + "}", value.getValue());
        }
        Answer answer = WEB.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(violations(operation, answer)).isEmpty();
    }

    private List<String> violations(Operation operation, Answer answer) throws Exception {
        JsonNode document = new ObjectMapper().readTree(contract.json());
        ObjectNode schema = document.path("paths")
                .path(operation.path())
                .path(operation.method())
                .at("/responses/200/content/application~1json/schema")
                .deepCopy();
        schema.set("components", document.path("components"));
        Schema compiled = SchemaRegistry.withDialect(Dialects.getOpenApi30()).getSchema(schema.toString());
        return compiled.validate(answer.text(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
