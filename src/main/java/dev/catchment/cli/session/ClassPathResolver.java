package dev.catchment.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import org.apache.camel.impl.engine.DefaultClassResolver;

/**
 * Finds what Camel looks for on the class path. Camel's own asks up to five times, by way of several class loaders that are all
 * the same one here, and most of what it looks for at a start, a file for each bean and setting, is not there.
 */
final class ClassPathResolver extends DefaultClassResolver {
    @Override
    public InputStream loadResourceAsStream(String uri) {
        URL found = loadResourceAsURL(uri);
        try {
            return found == null ? null : found.openStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URL loadResourceAsURL(String uri) {
        return ClassPathResolver.class.getClassLoader().getResource(uri.startsWith("/") ? uri.substring(1) : uri);
    }
}
