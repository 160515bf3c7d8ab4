package dev.catchment.names.publisher;

import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;

/** New South Wales, the first hundred of each year; the count goes by two names. */
final class AuNsw extends LongText {
    AuNsw() {
        super(
                "au_nsw",
                "au-nsw",
                Signature.of(
                        "new.?south.?wales|nsw",
                        "1952 F CHRISTINE 1346",
                        "1952 M JOHN 2205",
                        "1988 F JESSICA 1375",
                        "1988 M MATTHEW 1461"),
                Layout.of("Rank,Name,Number,Gender,Year", "year", "gender", "name", "number"),
                Layout.of("Rank,Name,Count,Gender,Year", "year", "gender", "name", "count"));
    }
}
