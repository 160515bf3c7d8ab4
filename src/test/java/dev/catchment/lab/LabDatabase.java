package dev.catchment.lab;

import dev.catchment.postgres.Sql;
import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.support.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The database of a round as the oracle sees it: past all proxies, with a connection for each question. */
record LabDatabase(DatabaseUrl url) {

    /** The columns of every row as text; null is null. */
    List<List<String>> rows(String sql) {
        try (Connection connection = Sql.connect(url, url.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of every row. */
    List<String> texts(String sql) {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    long number(String sql) {
        return Long.parseLong(texts(sql).get(0));
    }

    /** By its clock, as soon as whoever crowds it lets somebody else in. */
    String now() {
        List<String> now = new ArrayList<>();
        Await.until("a connection is to be had", () -> {
            try {
                return now.addAll(texts("select clock_timestamp()"));
            } catch (IllegalStateException crowdedYet) {
                return false;
            }
        });
        return now.get(0);
    }

    /** Changes that have no number yet, and datasets of the catalogue whose last change stands in no list of changes yet. */
    long unpublished() {
        return number("select (select count(*) from harvest.changes where number is null) + (select count(*)"
                + " from catalog.socrata_datasets d left join harvest.sources s on s.name = 'socrata-' || d.region"
                + " left join harvest.datasets h on h.source_id = s.id and h.key = d.id"
                + " where h.changed_at is distinct from d.changed_at)");
    }

    /** Somebody else takes every connection that there is, for so long. */
    void crowd(long millis) {
        List<Connection> crowd = new ArrayList<>();
        try {
            while (true) {
                crowd.add(Sql.connect(url, url.password()));
            }
        } catch (SQLException full) {
            LockSupport.parkNanos(millis * 1_000_000);
        }
        for (Connection each : crowd) {
            try {
                each.close();
            } catch (SQLException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }

    void execute(String sql) {
        Sql.execute(url, sql);
    }
}
