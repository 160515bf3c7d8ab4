package dev.catchment.support;

import java.util.List;

/** Pages that are watched, and what the database says of them. */
public final class Watched {
    private Watched() {}

    /** A page to watch, of Great Britain and students. @return its id */
    public static String source(String name, String url) {
        return source(name, url, "html", "{}");
    }

    public static String source(String name, String url, String type, String metadata) {
        return TestDatabase.text(
                "insert into policy.sources (name, url, country, visa_type, fetch_type, metadata) "
                        + "values (?, ?, 'GB', 'Student', ?, ?::jsonb) returning id",
                name,
                url,
                type,
                metadata);
    }

    /** @param host with its port */
    public static String host(String column, String host) {
        return TestDatabase.text("select " + column + " from policy.hosts where host = ?", host);
    }

    /** What came of every check so far, of all pages: outcome, with its cause if it has one. */
    public static List<String> outcomes() {
        return TestDatabase.texts("select concat_ws(' ', outcome, cause) from policy.fetches order by id");
    }

    /** The texts of all versions, in their order; a technical one is marked. */
    public static List<String> versions() {
        return TestDatabase.texts(
                "select case when is_technical then 'technical ' else '' end || rtrim(raw_text, E'\\n') "
                        + "from policy.policy_versions order by source_id, sequence");
    }
}
