package dev.catchment.cli.output;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moments as people and programs read them: ISO 8601 in UTC, with its Z. */
public final class Moments {
    private Moments() {}

    /** The same value; a moment, or one in a row or list, as text. */
    public static Object plain(Object value) {
        if (value instanceof Date moment) {
            return moment.toInstant().toString();
        }
        if (value instanceof Map<?, ?> row) {
            Map<Object, Object> plain = new LinkedHashMap<>(row);
            plain.replaceAll((field, each) -> plain(each));
            return plain;
        }
        return value instanceof List<?> rows ? rows.stream().map(Moments::plain).toList() : value;
    }
}
