package dev.catchment.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A request to a {@link PageServer}. @param host as its header says, with the port @param headers by lower-case name */
public record SeenRequest(Instant at, String host, String path, Map<String, String> headers) {

    /** @return null at the end of the connection */
    static SeenRequest read(BufferedReader in) throws IOException {
        String first = in.readLine();
        if (first == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String[] header = line.split(": *", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        return new SeenRequest(
                Instant.now(), headers.getOrDefault("host", ""), first.split(" ")[1], Map.copyOf(headers));
    }
}
