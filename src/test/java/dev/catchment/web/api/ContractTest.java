package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import dev.catchment.support.WebRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        Map<String, String> rows = WebRows.insert(WEB.database());
        return reads().map(operation -> DynamicTest.dynamicTest(operation.id(), () -> answers(operation, rows)))
                .toList();
    }

    private Stream<Operation> reads() {
        return contract.operations().stream()
                .filter(operation -> operation.method().equals("get") && !operation.isFeed());
    }

    private void answers(Operation operation, Map<String, String> rows) throws Exception {
        Answer answer = get(operation, path(operation, rows));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(violations(operation, answer)).isEmpty();
        assertThat(answer.text()).doesNotContain("subscriber.example", "clerk@", "NORTH_KEY", "s3cret-path");
    }

    /** As an admin, where the contract says that nobody else may read it. */
    private Answer get(Operation operation, String path, String... headers) {
        if (!declared(operation).has("security")) {
            return WEB.get(path, headers);
        }
        assertThat(WEB.get(path).status()).isEqualTo(401);
        assertThat(WEB.get(path, "Authorization", WEB.key("viewer")).status()).isEqualTo(403);
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", WEB.key("admin")));
        return WEB.get(path, all.toArray(String[]::new));
    }

    private JsonNode declared(Operation operation) {
        try {
            return new ObjectMapper()
                    .readTree(contract.json())
                    .path("paths")
                    .path(operation.path())
                    .path(operation.method());
        } catch (JsonProcessingException e) {
            throw new AssertionError(operation.id(), e);
        }
    }

    /** The address of an operation, for rows that are there. */
    static String path(Operation operation, Map<String, String> rows) {
        String path = operation.path();
        String room = path.split("/")[3];
        for (Map.Entry<String, String> row : rows.entrySet()) {
            String name =
                    row.getKey().startsWith(room + " ") ? row.getKey().substring(room.length() + 1) : row.getKey();
            if (row.getKey().startsWith(room + " ") || !rows.containsKey(room + " " + name)) {
                path = path.replace("{" + name + "}", row.getValue());
            }
        }
        return path + (operation.id().equals("list-top-names") ? "?country=us" : "");
    }

    @TestFactory
    List<DynamicTest> every_list_gives_each_row_once_page_by_page_and_as_a_file() {
        Map<String, String> rows = WebRows.insert(WEB.database());
        return reads().filter(Operation::isList)
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> pages(operation, rows)))
                .toList();
    }

    private void pages(Operation operation, Map<String, String> rows) {
        String path = path(operation, rows);
        List<String> whole = items(get(operation, and(path, "limit=1000")));
        assertThat(whole).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        List<String> paged = new ArrayList<>();
        String next = and(path, "limit=1");
        while (next != null) {
            Answer page = get(operation, next);
            List<String> items = items(page);
            assertThat(items).hasSize(1);
            paged.addAll(items);
            assertThat(paged).hasSizeLessThanOrEqualTo(whole.size());
            next = page.json().path("next").textValue();
            assertThat(page.header("Link")).isEqualTo(next == null ? null : "<%s>; rel=\"next\"".formatted(next));
        }
        assertThat(paged).isEqualTo(whole);

        Answer lines = get(operation, path, "Accept", "application/x-ndjson");
        assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines.text().lines().map(ContractTest::parsed)).containsExactlyElementsOf(whole);
        String field = operation.fields().get(0);
        Answer csv = get(operation, and(path, "fields=" + field).replace("?", ".csv?"));
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(csv.text().lines().findFirst()).hasValue(field);
        assertThat(csv.text().lines()).hasSize(whole.size() + 1);
        Answer some = get(operation, and(path, "fields=") + field);
        some.json()
                .path("items")
                .forEach(item -> assertThat(item.fieldNames()).toIterable().containsExactly(field));
        assertThat(get(operation, and(path, "fields=nonsense")).status()).isEqualTo(400);
    }

    private static String parsed(String line) {
        try {
            return new ObjectMapper().readTree(line).toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    private static String and(String path, String parameter) {
        return path + (path.contains("?") ? "&" : "?") + parameter;
    }

    private static List<String> items(Answer page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        List<String> items = new ArrayList<>();
        page.json().path("items").forEach(item -> items.add(item.toString()));
        return items;
    }

    private List<String> violations(Operation operation, Answer answer) throws Exception {
        JsonNode document = new ObjectMapper().readTree(contract.json());
        ObjectNode schema = declared(operation)
                .at("/responses/200/content/application~1json/schema")
                .deepCopy();
        schema.set("components", document.path("components"));
        Schema compiled = SchemaRegistry.withDialect(Dialects.getOpenApi30()).getSchema(schema.toString());
        return compiled.validate(answer.text(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
