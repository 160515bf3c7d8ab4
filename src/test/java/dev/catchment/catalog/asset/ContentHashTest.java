package dev.catchment.catalog.asset;

import static dev.catchment.catalog.Results.changed;
import static dev.catchment.catalog.Results.classification;
import static dev.catchment.catalog.Results.fixture;
import static dev.catchment.catalog.Results.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.catalog.Results;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {
    private static final String SAME = AssetNormaliser.HASH.of(fixture("asset-2025"));

    @Test
    void column_order_is_not_stable_between_crawls() {
        assertSame(r -> resource(r).properties().stream()
                .filter(f -> f.getKey().startsWith("columns_"))
                .forEach(f -> reverse((ArrayNode) f.getValue())));
    }

    @Test
    void a_column_that_changes_beside_the_others_is_a_change() {
        assertOther(r -> reverse((ArrayNode) resource(r).get("columns_datatype")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain_tags", "domain_metadata"})
    void order_of_tags_and_metadata_pairs_is_not_stable(String list) {
        assertSame(r -> reverse((ArrayNode) classification(r).get(list)));
    }

    @Test
    void duplicate_metadata_keys_all_count() {
        assertOther(r -> ((ArrayNode) classification(r).get("domain_metadata")).remove(2));
    }

    @Test
    void order_of_keys_means_nothing() {
        ObjectNode turned = Results.JSON.createObjectNode();
        var fields = new ArrayList<>(fixture("asset-2025").properties());
        Collections.reverse(fields);
        fields.forEach(f -> turned.set(f.getKey(), f.getValue()));
        assertThat(AssetNormaliser.HASH.of(turned)).isEqualTo(SAME);
    }

    @Test
    void views_and_downloads_change_every_crawl() {
        assertSame(
                r -> resource(r).put("download_count", 5).put("view_count", 9).remove("page_views"));
    }

    @Test
    void the_same_name_elsewhere_is_content() {
        assertOther(r -> ((ObjectNode) r.get("metadata")).put("download_count", 5));
    }

    @Test
    void null_absent_empty_list_and_empty_object_are_one() {
        assertSame(r -> resource(r).putNull("parent_fxf").putNull("a_new_key").remove("resource_name"));
        assertSame(r -> classification(r).remove("tags"));
        ObjectNode list = fixture("asset-2016");
        classification(list).putArray("domain_metadata");
        assertThat(AssetNormaliser.HASH.of(list)).isEqualTo(AssetNormaliser.HASH.of(fixture("asset-2016")));
    }

    @Test
    void every_other_field_counts() {
        assertOther(r -> resource(r).put("name", "Street Trees"));
        assertOther(r -> resource(r).put("description", ""));
        assertOther(r -> resource(r).put("locked", true));
        assertOther(r -> r.put("backend", 1));
        assertOther(r -> ((ArrayNode) classification(r).get("domain_tags")).add("trees"));
    }

    @Test
    void nothing_can_be_shifted_from_one_value_into_the_next() {
        assertThat(of("{\"a\":\"b\",\"c\":\"\"}")).isNotEqualTo(of("{\"a\":\"\",\"c\":\"b\"}"));
        assertThat(of("{\"a\":[\"b\",\"c\"]}")).isNotEqualTo(of("{\"a\":[\"bc\"]}"));
        assertThat(of("{\"a\":[[1],2]}")).isNotEqualTo(of("{\"a\":[[1,2]]}"));
        assertThat(of("{\"a\":1}")).isNotEqualTo(of("{\"a\":\"1\"}")).isEqualTo(of("{\"a\":1.0}"));
        assertThat(of("{\"a\":true}")).isNotEqualTo(of("{\"a\":false}"));
        assertThat(of("{\"é\":\"€🌳\"}")).isNotEqualTo(of("{\"é\":\"€🌲\"}"));
    }

    @Test
    void parallel_lists_of_different_length_stand_alone_and_never_flicker() {
        Consumer<ObjectNode> shorter = r -> ((ArrayNode) resource(r).get("columns_format")).remove(0);
        ObjectNode turned =
                changed(shorter.andThen(r -> reverse((ArrayNode) resource(r).get("columns_format"))));
        assertThat(AssetNormaliser.HASH.of(changed(shorter)))
                .isEqualTo(AssetNormaliser.HASH.of(turned))
                .isNotEqualTo(SAME);
    }

    /** A new canonical form marks every asset of every portal as changed once: change this only on purpose. */
    @Test
    void the_canonical_form_stays_as_it_is() {
        assertThat(SAME).isEqualTo("87502aa7837d23e2b4a6b338abfecbdfbd2b3d21652249f5ee329f116e989d25");
    }

    @Test
    void many_threads_share_no_state() {
        List<String> hashes = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> AssetNormaliser.HASH.of(fixture(i % 2 == 0 ? "asset-2025" : "asset-2016")))
                .distinct()
                .toList();
        assertThat(hashes).hasSize(2).contains(SAME);
    }

    @Test
    void a_record_larger_than_the_buffer_is_hashed_whole() {
        String big = "é".repeat(700_000);
        assertThat(of("{\"a\":\"" + big + "\"}")).isNotEqualTo(of("{\"a\":\"" + big + "x\"}"));
        assertSame(r -> {});
    }

    private static String of(String json) {
        return AssetNormaliser.HASH.of(Results.tree(json));
    }

    private static void assertSame(Consumer<ObjectNode> change) {
        assertThat(AssetNormaliser.HASH.of(changed(change))).isEqualTo(SAME);
    }

    private static void assertOther(Consumer<ObjectNode> change) {
        assertThat(AssetNormaliser.HASH.of(changed(change))).isNotEqualTo(SAME);
    }

    private static void reverse(ArrayNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        Collections.reverse(items);
        list.removeAll().addAll(items);
    }
}
