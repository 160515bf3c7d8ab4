package dev.catchment.names;

/** New South Wales, the first hundred of each year; the count goes by two names. */
final class AuNsw extends LongText {
    AuNsw() {
        super(
                "au_nsw",
                "au-nsw",
                Layout.of("Rank,Name,Number,Gender,Year", "year", "gender", "name", "number"),
                Layout.of("Rank,Name,Count,Gender,Year", "year", "gender", "name", "count"));
    }
}
