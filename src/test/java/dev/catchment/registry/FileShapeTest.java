package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.gzip;
import static dev.catchment.support.IndexFiles.held;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileShapeTest {
    private static final String BOM = "\uFEFF";
    private static final String S1 = IndexFiles.source("a.example.gov", "A");
    private static final String S2 =
            "{\"type\":\"source\",\"source_key\":\"b.example.gov\",\"name\":\"B\",\"x\":{\"y\":[1,{\"z\":\"]}\"}]}}";
    private static final String A1 = IndexFiles.asset("aaaa-2222", "a.example.gov");
    private static final String A2 =
            "{\"type\":\"asset\",\"asset_key\":\"bbbb-2222\",\"source_key\":\"b.example.gov\",\"n\":[[],{}],"
                    + "\"name\":\"a \\\"b\\\" ]},{[ \\\\\",\"description\":\"ü \\u00e9 \\n { \\\\\\\" \uD83D\uDE00\"}";

    private static final String SOURCES = "\"sources\":[" + S1 + "," + S2 + "]";
    private static final String ASSETS = "\"assets\":[" + A1 + "," + A2 + "]";
    private static final String NESTED = "\"meta\":{\"n\":[1,{\"s\":\"]}\\\"\"}],\"m\":null}";
    private static final String PRETTY =
            "{\n  " + SOURCES.replace("},{", "},\n  {") + ",\n\n  " + ASSETS.replace(",\"", " ,\n\"") + "\n}\n";

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    static Stream<Map.Entry<String, String>> shapes() {
        return Stream.of(objects(), sequences(), arrays()).flatMap(List::stream);
    }

    private static List<Map.Entry<String, String>> objects() {
        return List.of(
                Map.entry("an object, sources first", "{" + SOURCES + "," + ASSETS + "}"),
                Map.entry("an object, assets first", "{" + ASSETS + "," + SOURCES + "}"),
                Map.entry("other members before", "{" + NESTED + "," + SOURCES + "," + ASSETS + "}"),
                Map.entry("other members between", "{" + SOURCES + ",\"t\":true," + NESTED + "," + ASSETS + "}"),
                Map.entry("other members after", "{" + ASSETS + "," + SOURCES + "," + NESTED + ",\"v\":-1.5e3 }  \n"),
                Map.entry("pretty-printed", PRETTY),
                Map.entry("pretty-printed, CRLF", PRETTY.replace("\n", "\r\n")),
                Map.entry("a byte order mark", BOM + PRETTY),
                Map.entry(
                        "keys with escapes",
                        PRETTY.replace("\"sources", "\"s\\u006Furces").replace("ass", "\\u0061ss")));
    }

    private static List<Map.Entry<String, String>> sequences() {
        return List.of(
                Map.entry("NDJSON, assets first", lines("\n", A2, A1, S2, S1)),
                Map.entry("NDJSON, in any order", lines("\n", A1, S1, S2, A2)),
                Map.entry("NDJSON, CRLF", lines("\r\n", S1, A2, A1, S2)),
                Map.entry("NDJSON, empty lines", "\n\n" + lines("\n\n  \n", S1, A1, A2, S2)),
                Map.entry(
                        "NDJSON, no last end of line",
                        lines("\n", A1, S1, A2, S2).strip()),
                Map.entry("NDJSON, a byte order mark", BOM + lines("\n", A1, A2, S1, S2)),
                Map.entry("one after the other on one line", A1 + S1 + " " + A2 + S2),
                Map.entry(
                        "values over several lines", lines("\n", S1, A1, A2, S2).replace(",\"", ",\r\n  \"")));
    }

    private static List<Map.Entry<String, String>> arrays() {
        return List.of(
                Map.entry("an array", "[" + String.join(",", S1, A1, S2, A2) + "]"),
                Map.entry("an array, pretty-printed", "\n[\n" + String.join(" ,\n", A2, A1, S2, S1) + "\n]\n"),
                Map.entry("an array, a byte order mark", BOM + "[" + String.join(",", S1, A1, S2, A2) + "]"));
    }

    private static String lines(String end, String... records) {
        return String.join(end, records) + end;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void every_shape_lands_in_the_same_rows(Map.Entry<String, String> shape) {
        RIG.seed(RIG.file("first.json", "{" + SOURCES + "," + ASSETS + "}\n\n\n"));
        List<String> expected = held();
        assertThat(expected).hasSize(4);
        TestDatabase.empty();
        byte[] plain = shape.getValue().getBytes(StandardCharsets.UTF_8);
        assertThat(Counts.of(RIG.seed(RIG.file("index", plain)))).isEqualTo("succeeded: seen 4, added 4");
        assertThat(held()).isEqualTo(expected);
        assertThat(Counts.of(RIG.seed(RIG.file("packed", gzip(plain))))).isEqualTo("succeeded: seen 4, unchanged 4");
        assertThat(held()).isEqualTo(expected);
        assertThat(number("select count(*) from ops.rejects")).isZero();
    }

    static List<Map.Entry<String, String>> discoveries() {
        String one = Assets.asset(1).toString();
        String two = Assets.asset(2).toString();
        String results = "\"results\":[" + one + "," + two + "]";
        return List.of(
                Map.entry("an array", "[" + one + "," + two + "]"),
                Map.entry("a page", "{" + results + ",\"resultSetSize\":2,\"timings\":{\"a\":[1]}}"),
                Map.entry("a page, the results last", "{\"resultSetSize\":2," + results + "}"),
                Map.entry("pages, one per line", "{\"results\":[" + one + "]}\n{\"n\":1,\"results\":[" + two + "]}\n"),
                Map.entry("pages, some empty", "{\"results\":[]}\n{" + results + "}\n{\"results\":[]}"),
                Map.entry("one per line", lines("\n", one, two)),
                Map.entry(
                        "one after the other",
                        Assets.asset(1).toPrettyString() + Assets.asset(2).toPrettyString()));
    }

    @ParameterizedTest
    @MethodSource("discoveries")
    void raw_results_of_the_discovery_api_land_in_the_same_rows(Map.Entry<String, String> shape) {
        assertThat(Counts.of(RIG.seed(RIG.file("raw.json", shape.getValue())))).isEqualTo("succeeded: seen 2, added 2");
        assertThat(held().subList(0, 2)).allMatch(row -> row.startsWith("asset|2222-222"));
        assertThat(held().get(2)).isEqualTo("source|data.example.gov|-|https://data.example.gov|{}");
        assertThat(text("select concat_ws('|', name, url, raw->'resource'->>'id') from registry.assets "
                        + "where asset_key = '2222-2223'"))
                .isEqualTo("Dataset 1|https://data.example.gov/d/2222-2223|2222-2223");
    }

    @Test
    void sources_alone_are_an_index() {
        assertThat(Counts.of(RIG.seed(RIG.file("s.json", "{" + SOURCES + "}"))))
                .isEqualTo("succeeded: seen 2, added 2");
        assertThat(held()).hasSize(2).allMatch(row -> row.startsWith("source|"));
    }

    @Test
    void a_file_of_assets_alone_makes_their_sources_from_the_domains() {
        assertThat(Counts.of(RIG.seed(RIG.file("a.json", "{" + ASSETS + "}")))).isEqualTo("succeeded: seen 2, added 2");
        assertThat(held())
                .contains(
                        "source|a.example.gov|-|https://a.example.gov|{}",
                        "source|b.example.gov|-|https://b.example.gov|{}");
        assertThat(Counts.of(RIG.seed(RIG.file("s.json", "{" + SOURCES + "}"))))
                .as("an implied source is filled in by its record")
                .isEqualTo("succeeded: seen 2, updated 2");
        assertThat(held()).hasSize(4).noneMatch(row -> row.contains("|-|"));
    }

    @Test
    void members_in_any_script_and_of_any_length_are_passed_over() {
        String member = "\"ü\\\"]\":\"" + "é]}\\\"".repeat(50_000) + "\",\"n\":" + "[".repeat(5000) + "]".repeat(5000);
        RIG.seed(RIG.file("long.json", "{" + member + "," + ASSETS + "," + member + "}"));
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2);
    }
}
