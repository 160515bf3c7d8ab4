package dev.catchment.flow.standin;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.kind.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Stands in for a source of any kind: the declaration says how it is asked, and so how it has to answer. Whatever address it is asked under, it serves the same records.
 */
public final class KindStandIn extends StandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Kind kind;
    private volatile Map<String, List<JsonNode>> records = Map.of();
    private volatile int cap = Integer.MAX_VALUE;
    private volatile BiConsumer<Request, ObjectNode> bent = (request, answer) -> {};

    /** Without records. */
    public KindStandIn(Kind kind) {
        this.kind = kind;
    }

    /** Serves these records from now on, each a line of JSON. */
    public KindStandIn serve(List<String> lines) {
        return serve(Map.of("", lines));
    }

    /** The same, of each parent. */
    public KindStandIn serve(Map<String, List<String>> lines) {
        Map<String, List<JsonNode>> read = new LinkedHashMap<>();
        lines.forEach((parent, ofIt) ->
                read.put(parent, ofIt.stream().map(KindStandIn::json).toList()));
        records = read;
        return this;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A record of the stand-in is not JSON: " + line, e);
        }
    }

    /** Gives so many records at the most, whatever is asked for. */
    public KindStandIn cap(int most) {
        cap = most;
        return this;
    }

    /** Changes each page before it is sent. */
    public KindStandIn bend(BiConsumer<Request, ObjectNode> change) {
        bent = change;
        return this;
    }

    @Override
    protected String sizeParameter() {
        return kind.page().params().getOrDefault("size", "");
    }

    @Override
    protected Answer answer(Request request, Fault fault) {
        try {
            return page(request, fault);
        } catch (RefusedRequest e) {
            return Answer.json(
                    e.status(),
                    JSON.createObjectNode().put("error", e.getMessage()).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer page(Request request, Fault fault) throws JsonProcessingException {
        if (kind.gone() != null && kind.gone().url() != null) {
            Optional<Map<String, String>> one = Asked.url(kind.gone().url(), request);
            if (one.isPresent() && one.get().containsKey("key")) {
                return answer(one(one.get().get("key")));
            }
        }
        Optional<Map<String, String>> list = Asked.url(kind.request().url(), request);
        if (list.isPresent()) {
            return list(request, list.get().getOrDefault("parent", ""), fault);
        }
        if (kind.parents() != null
                && kind.parents().url() != null
                && Asked.url(kind.parents().url(), request).isPresent()) {
            return answer(parents());
        }
        String probe = kind.match() == null ? null : kind.match().probe();
        if (probe != null && Asked.url("{source.url}" + probe, request).isPresent()) {
            return answer(JSON.createObjectNode().put("kind", kind.kind()));
        }
        throw new RefusedRequest(404, "not found");
    }

    private Answer answer(JsonNode json) throws JsonProcessingException {
        return Encoding.of(kind.decode(), json);
    }

    private JsonNode one(String key) {
        return records.values().stream()
                .flatMap(List::stream)
                // Of a key that is a DOI the way to the source may seem to hold the first part.
                .filter(record ->
                        key.equals(key(record)) || String.valueOf(key(record)).endsWith("/" + key))
                .findFirst()
                .orElseThrow(() -> new RefusedRequest(kind.gone().status().get(0), "There is no record " + key));
    }

    private JsonNode parents() {
        ArrayNode list = JSON.createArrayNode();
        for (String parent : records.keySet()) {
            list.add(at(JSON.createObjectNode(), kind.parents().key(), JSON.valueToTree(parent)));
        }
        return at(JSON.createObjectNode(), kind.parents().records(), list);
    }

    private Answer list(Request request, String parent, Fault fault) throws JsonProcessingException {
        List<JsonNode> all = records.get(parent);
        if (all == null) {
            throw new RefusedRequest(404, "There is no list " + parent);
        }
        List<JsonNode> found = found(request, all);
        ListedPage page = fault == Fault.NOT_ADVANCING
                ? ListedPage.first(kind, request, cap)
                : ListedPage.of(
                        kind, request, cap, found.stream().map(this::key).toList());
        if (kind.page().window() != null
                && !isByBound(request)
                && page.from() + page.size() > kind.page().window()) {
            throw new RefusedRequest(500, "Something went wrong.");
        }
        List<JsonNode> given = new ArrayList<>(
                found.subList(Math.min(page.from(), found.size()), Math.min(page.from() + page.size(), found.size())));
        if (fault == Fault.UNSORTED) {
            Collections.reverse(given);
        }
        if (fault == Fault.EMPTY_PAGE) {
            given.clear();
        }
        ArrayNode array = JSON.createArrayNode().addAll(given);
        Object next = page.next(request, found.size());
        if (kind.records().isEmpty()) {
            return linked(answer(array), next);
        }
        ObjectNode answer = at(JSON.createObjectNode(), kind.records(), array);
        kind.check().forEach((pointer, value) -> at(answer, pointer, value));
        if (kind.total() != null) {
            long most = kind.totalClamped() == null ? Long.MAX_VALUE : kind.totalClamped();
            at(answer, kind.total(), JSON.valueToTree(Math.min(most, found.size())));
        }
        if (kind.page().next() != null && !kind.page().isNextInHeader()) {
            at(answer, kind.page().next(), JSON.valueToTree(next));
        }
        bent.accept(request, answer);
        return linked(answer(answer), next);
    }

    private Answer linked(Answer answer, Object next) {
        return kind.page().isNextInHeader() && next != null
                ? answer.with("Link", "<%s>; rel=\"next\"".formatted(next))
                : answer;
    }

    /** What the parameters leave, in the order that they ask for. */
    private List<JsonNode> found(Request request, List<JsonNode> all) {
        List<JsonNode> found = new ArrayList<>(all);
        if ("key".equals(kind.order().by()) || "scroll".equals(kind.page().by())) {
            found.sort(Comparator.comparing(this::key, Comparator.nullsFirst(Comparator.naturalOrder())));
        }
        Kind.Beyond beyond = kind.page().beyond();
        if (beyond != null) {
            if (Asked.query(beyond.order(), request).isPresent()) {
                found.sort(Comparator.comparing(record -> record.at(beyond.bound()), KindStandIn::newestFirst));
            }
            if (isNulls(request)) {
                found.removeIf(record -> isBound(record.at(beyond.bound())));
            } else if (isByBound(request)) {
                JsonNode bound = JSON.valueToTree(
                        Asked.query(beyond.query(), request).orElseThrow().get("bound"));
                found.removeIf(record ->
                        !isBound(record.at(beyond.bound())) || newestFirst(record.at(beyond.bound()), bound) < 0);
            }
        }
        if (kind.since() != null && kind.modified() != null) {
            Asked.query(kind.since().query(), request)
                    .map(values -> values.get("since"))
                    .ifPresent(since -> found.removeIf(
                            record -> record.at(kind.modified().at()).asText().compareTo(since) < 0));
        }
        if (kind.gone() != null && kind.gone().batch() != null) {
            Asked.query(kind.gone().batch().query(), request)
                    .map(values -> List.of(values.get("keys").split(",")))
                    .ifPresent(keys -> found.removeIf(record -> !keys.contains(key(record))));
        }
        return found;
    }

    private boolean isNulls(Request request) {
        Kind.Beyond beyond = kind.page().beyond();
        return beyond.nulls() != null && Asked.query(beyond.nulls(), request).isPresent();
    }

    private boolean isByBound(Request request) {
        Kind.Beyond beyond = kind.page().beyond();
        return beyond != null
                && !isNulls(request)
                && !beyond.query().isEmpty()
                && Asked.query(beyond.query(), request).isPresent();
    }

    private static boolean isBound(JsonNode value) {
        return value.isValueNode() && !value.isNull();
    }

    /** Numbers by their value, texts as texts, nothing last. */
    private static int newestFirst(JsonNode one, JsonNode other) {
        if (!isBound(one) || !isBound(other)) {
            return Boolean.compare(isBound(other), isBound(one));
        }
        return one.isNumber() || other.isNumber()
                ? Long.compare(other.asLong(), one.asLong())
                : other.asText().compareTo(one.asText());
    }

    private String key(JsonNode record) {
        return kind.key().at().stream()
                .map(record::at)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
    }

    /** Writes a value where a pointer reads it. */
    private static ObjectNode at(ObjectNode root, String pointer, JsonNode value) {
        ObjectNode node = root;
        JsonPointer left = JsonPointer.compile(pointer);
        while (!left.tail().matches()) {
            String name = left.getMatchingProperty();
            node = node.get(name) instanceof ObjectNode below ? below : node.putObject(name);
            left = left.tail();
        }
        node.set(left.getMatchingProperty(), value);
        return root;
    }
}
