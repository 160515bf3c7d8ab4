package dev.catchment.policy.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list that PDFBox makes of this machine's fonts: it belongs to our local state, not into somebody's home. */
public final class FontCache {
    /** Read when the first PDF needs a font that it does not bring along. */
    static final String PROPERTY = "pdfbox.fontcache";

    private static final Logger LOG = LoggerFactory.getLogger(FontCache.class);

    private FontCache() {}

    /** @param folder made if need be; what an operator sets with -Dpdfbox.fontcache is left alone */
    public static void in(Path folder) {
        if (System.getProperty(PROPERTY) != null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            System.setProperty(PROPERTY, folder.toString());
        } catch (IOException e) {
            LOG.info(
                    "The list of fonts is kept in the home folder, as data.dir cannot be made. reason={}",
                    e.toString());
        }
    }
}
