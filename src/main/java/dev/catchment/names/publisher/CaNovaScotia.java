package dev.catchment.names.publisher;

import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;

/** Nova Scotia, about the first twenty of each year. */
final class CaNovaScotia extends LongText {
    CaNovaScotia() {
        super(
                "ca_ns",
                "ca-ns",
                Signature.of(
                        "nova.?scotia",
                        "1920 F MARY 639",
                        "1920 M JOHN 451",
                        "1971 F LISA 202",
                        "1971 M DAVID 273",
                        "2022 M OLIVER 59"),
                Layout.of("YEAR,SEX,FIRST NAME,COUNT", "year", "sex", "first name", "count"));
    }
}
