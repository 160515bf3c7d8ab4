package dev.catchment.catalog.standin;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.standin.StandIn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stands in for the Socrata Discovery API: serves a file of records as {@link Discovery} says. */
public class DiscoveryStandIn extends StandIn {

    /** The catalogue of our own making that is served when no file is given, on the class path. */
    public static final String BUILT_IN = "/catalog/demo-assets.jsonl";
    /** The app token that is answered with 403. */
    public static final String REFUSED_TOKEN = "refused";

    private boolean enabled;
    private String data = "";
    private volatile Records records;

    /** Reads the catalogue, if enabled. Errors: {@link IllegalArgumentException} naming file and line. */
    public void start() {
        if (enabled && data.isBlank()) {
            records = RecordsReader.read(DiscoveryStandIn.class.getResourceAsStream(BUILT_IN), BUILT_IN);
        } else if (enabled) {
            load(Path.of(data));
        }
    }

    @Override
    protected Answer answer(Request request, Fault fault) {
        return Discovery.answer(request, records, fault);
    }

    @Override
    protected String sizeParameter() {
        return "limit";
    }

    /** Serves another file from now on: JSON lines in UTF-8, plain or gzip. Errors as in {@link #start()}. */
    public void load(Path file) {
        try {
            records = RecordsReader.read(Files.newInputStream(file), file.toString());
        } catch (IOException e) {
            String what = "Cannot open the catalogue %s for the stand-in (%s).";
            String then = " Give catalog.stand-in.data a file that can be read, or nothing.";
            throw new UncheckedIOException(what.formatted(file, e.getClass().getSimpleName()) + then, e);
        }
    }

    /** Serves other records from now on, each one line of JSON. Errors as in {@link #start()}. */
    public void replace(List<String> lines) {
        InputStream bytes = new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        records = RecordsReader.read(bytes, "given in memory");
    }

    /** Whether {@link #start()} does anything. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** The file that {@link #start()} reads, relative to the working folder; empty for {@link #BUILT_IN}. */
    public void setData(String data) {
        this.data = data;
    }
}
