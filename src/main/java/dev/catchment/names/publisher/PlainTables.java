package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.CommonHeading;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;
import dev.catchment.names.format.WideLayout;
import dev.catchment.names.format.WideText;

/** The formats that are one text with one table, and little more than its heading. */
final class PlainTables {
    /** New South Wales, the first hundred of each year; the count goes by two names. */
    static final Format AU_NSW = new LongText(
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

    /** Nova Scotia, about the first twenty of each year. */
    static final Format CA_NS = new LongText(
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

    /** New Brunswick, the first twenty of each year. */
    static final Format CA_NB =
            new LongText(
                    "ca_nb",
                    "ca-nb",
                    Signature.of("new.?brunswick|nouveau.?brunswick"),
                    Layout.of(
                            "Year / Année,Sex / Sexe,Name / Nom,Count / Total",
                            "year / année",
                            "sex / sexe",
                            "name / nom",
                            "count / total")) {
                /** A copy of it is about under the name of Nova Scotia. */
                @Override
                public boolean isOurs(NamesFile file, TextFile text, Layout layout) {
                    if (!CommonHeading.isThatOf(layout)
                            && file.name().matches("(?i)(.*[^a-z])?(ns|nova.?scotia)[^a-z].*")) {
                        throw new PermanentFailure("The file is named for Nova Scotia and holds New Brunswick's table."
                                + " If it is New Brunswick's, rename it.");
                    }
                    return true;
                }
            };

    /** British Columbia: a column a year, and their sum, which alone is written as {@code "6,602"}. */
    static final Format CA_BC = new WideText("ca_bc", "ca-bc", "name") {
        @Override
        public boolean isOurs(NamesFile file, TextFile text, WideLayout layout) {
            return layout.hasTotal() && layout.firstYear() == 1922;
        }
    };

    /**
     * Retraite Québec: a column a year, their sum, and a last row of sums; some editions begin with five lines of
     * remarks, the newest write {@code < 5} for what others leave at zero.
     */
    static final Format CA_QC = new WideText("ca_qc", "ca-qc", "prénom/année");

    private PlainTables() {}
}
