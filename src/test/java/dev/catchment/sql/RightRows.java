package dev.catchment.sql;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rows that are right, to be changed in one thing each.
 *
 * @param rows of each table one: columns and values as SQL
 * @param names short for longer SQL, such as $other
 */
record RightRows(ScratchDatabase database, Map<String, String> rows, Map<String, String> names) {

    /** Each line: the constraint that refuses, the table, what is changed. */
    static Stream<String[]> cases(String table) {
        return table.lines().map(line -> line.split(" *\\| *", 3));
    }

    /** Inserts the right row of a table, changed so. */
    void insert(String table, String change) throws SQLException {
        Map<String, String> row = new LinkedHashMap<>();
        for (String list : List.of(rows.get(table), change)) {
            Stream.of(list.split(", ?(?=\\w+=)"))
                    .filter(pair -> !pair.isBlank())
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> row.put(pair[0].strip(), pair[1]));
        }
        String values = String.join(", ", row.values());
        for (Map.Entry<String, String> name : names.entrySet()) {
            values = values.replace(name.getKey(), name.getValue());
        }
        database.execute("insert into %s (%s) values (%s)".formatted(table, String.join(", ", row.keySet()), values));
    }

    /** Each right row is taken, and taken away again. */
    void insertAll() throws SQLException {
        for (String table : rows.keySet()) {
            insert(table, "");
            database.execute("delete from " + table + " where ctid = (select max(ctid) from " + table + ")");
        }
    }

    /** The constraints of these kinds (c, f) in these schemas. */
    List<String> constraints(String kinds, String schemas) {
        return database.texts(
                ("select distinct conname from pg_constraint where contype = any (string_to_array('%s', ',')) "
                                + "and conparentid = 0 and connamespace::regnamespace::text = any (string_to_array('%s', ','))")
                        .formatted(kinds, schemas));
    }
}
