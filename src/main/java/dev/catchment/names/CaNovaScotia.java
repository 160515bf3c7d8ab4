package dev.catchment.names;

/** Nova Scotia, about the first twenty of each year. */
final class CaNovaScotia extends LongText {
    CaNovaScotia() {
        super("ca_ns", "ca-ns", Layout.of("YEAR,SEX,FIRST NAME,COUNT", "year", "sex", "first name", "count"));
    }
}
