package dev.catchment.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A folder of what this program brings along, in its jar or not. */
public final class ResourceFolder {
    private ResourceFolder() {}

    /** The names of the files in it, in order. @param folder such as {@code sql/schema/up/} */
    public static List<String> names(String folder) {
        URL url = ResourceFolder.class.getResource("/" + folder);
        try {
            if (url.openConnection() instanceof JarURLConnection jar) {
                return names(jar.getJarFile(), folder);
            }
            try (Stream<Path> files = Files.list(Path.of(URI.create(url.toString())))) {
                return files.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(JarFile jar, String folder) {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(folder))
                .map(name -> name.substring(folder.length()))
                .filter(name -> !name.isEmpty() && !name.contains("/"))
                .sorted()
                .toList();
    }
}
