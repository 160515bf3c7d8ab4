package dev.catchment.cli.names;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The years of a name as bars, for a terminal: one block a country and gender, its longest bar its best year. */
final class TrendChart {
    private static final int WIDTH = 50;

    private TrendChart() {}

    /** @param rows of {@code names/list-name-trend} */
    static String of(List<Map<String, Object>> rows) {
        Map<String, List<Map<String, Object>>> series = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.get("country") + " " + row.get("gender"), LinkedHashMap::new, Collectors.toList()));
        StringBuilder chart = new StringBuilder();
        series.forEach((name, years) -> chart.append(block(name, years)).append(System.lineSeparator()));
        return chart.toString();
    }

    private static String block(String name, List<Map<String, Object>> years) {
        long most = years.stream().mapToLong(TrendChart::count).max().orElse(1);
        StringBuilder block = new StringBuilder("%s %s%n".formatted(years.get(0).get("name"), name));
        for (Map<String, Object> year : years) {
            int length = (int) Math.max(1, count(year) * WIDTH / most);
            block.append("%s %,9d%s #%-5s %s%n"
                    .formatted(
                            year.get("year"),
                            count(year),
                            Boolean.TRUE.equals(year.get("is_partial")) ? "*" : " ",
                            year.get("rank"),
                            "█".repeat(length)));
        }
        return block.toString();
    }

    private static long count(Map<String, Object> year) {
        return ((Number) year.get("count")).longValue();
    }
}
