package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.CommonHeading;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;

/** New Brunswick, the first twenty of each year. */
final class CaNewBrunswick extends LongText {
    CaNewBrunswick() {
        super(
                "ca_nb",
                "ca-nb",
                Signature.of("new.?brunswick|nouveau.?brunswick"),
                Layout.of(
                        "Year / Année,Sex / Sexe,Name / Nom,Count / Total",
                        "year / année",
                        "sex / sexe",
                        "name / nom",
                        "count / total"));
    }

    /** A copy of it is about under the name of Nova Scotia. */
    @Override
    public boolean isOurs(NamesFile file, TextFile text, Layout layout) {
        if (!CommonHeading.isThatOf(layout) && file.name().matches("(?i)(.*[^a-z])?(ns|nova.?scotia)[^a-z].*")) {
            throw new PermanentFailure("The file is named for Nova Scotia and holds New Brunswick's table. If it is"
                    + " New Brunswick's, rename it.");
        }
        return true;
    }
}
