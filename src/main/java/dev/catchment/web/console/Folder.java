package dev.catchment.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** The folder of an inbox: what waits in it, what is worked on, what failed and why; and files that a browser drops into it. */
public final class Folder {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._()+-]{0,180}");
    private static final String MARK = ".camelLock";
    private static final String REPORT = ".report.json";
    /** A browser sends a file in pieces; this is what comes until the last one has. */
    private static final String PART = ".part";

    private static final int MOST = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param folder of the inbox */
    public Folder(String folder) {
        this.folder = Path.of(folder).toAbsolutePath().normalize();
    }

    /**
     * A file of the inbox.
     *
     * @param state {@code waiting}, {@code working}, {@code failed} or {@code coming}
     * @param reason why it failed; empty otherwise
     */
    public record Item(String name, String state, long bytes, Instant at, String reason) {}

    /** The files that wait, are worked on or failed; the latest first. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        try {
            for (Path file : files(folder, 1)) {
                String name = file.getFileName().toString();
                if (!name.endsWith(MARK)) {
                    String state = Files.exists(file.resolveSibling(name + MARK)) ? "working" : "waiting";
                    boolean isComing = name.startsWith(".") && name.endsWith(PART);
                    items.add(item(
                            file,
                            isComing ? name.substring(1, name.length() - PART.length()) : name,
                            isComing ? "coming" : state,
                            ""));
                }
            }
            for (Path file : files(folder.resolve("failed"), 2)) {
                String name = file.getFileName().toString();
                if (!name.endsWith(REPORT) && !name.endsWith(".rejects.ndjson")) {
                    items.add(item(file, name, "failed", reason(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        items.sort(Comparator.comparing(Item::at).reversed());
        return items.subList(0, Math.min(MOST, items.size()));
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(folder, depth, (path, what) -> what.isRegularFile())) {
            return found.toList();
        }
    }

    private static Item item(Path file, String name, String state, String reason) throws IOException {
        return new Item(
                name, state, Files.size(file), Files.getLastModifiedTime(file).toInstant(), reason);
    }

    private static String reason(Path file) throws IOException {
        Path report = file.resolveSibling(file.getFileName() + REPORT);
        if (!Files.exists(report)) {
            return "";
        }
        JsonNode told = JSON.readTree(Files.readAllBytes(report));
        return told.path("error").asText(told.path("note").asText(""));
    }

    /** The piece of a file in the body, before anything replaces the message. */
    public byte[] piece(Exchange exchange) {
        byte[] piece = exchange.getMessage().getBody(byte[].class);
        return piece == null ? new byte[0] : piece;
    }

    /**
     * Takes a piece of a file; with the last one, the file is in the inbox.
     *
     * @param request whose query holds the name of the file, how many bytes came before, and how many there are
     * @throws Refused if the name is none for an inbox, or another piece is due
     */
    public String take(WebRequest request, byte[] piece) {
        String name = request.value("name");
        if (name == null || !NAME.matcher(name).matches() || name.endsWith(PART) || name.endsWith(".tmp")) {
            throw Refused.badRequest(
                    "This cannot be the name of a file in the inbox. Use letters, digits, and . _ - ( ) +.");
        }
        Path coming = folder.resolve("." + name + PART);
        try {
            Files.createDirectories(folder);
            long at = Long.parseLong(request.value("at"));
            long size = Long.parseLong(request.value("size"));
            if (at == 0) {
                Files.deleteIfExists(coming);
            }
            if ((Files.exists(coming) ? Files.size(coming) : 0) != at || at + piece.length > size) {
                throw Refused.badRequest("Another piece of this file is due. Drop the file again.");
            }
            Files.write(coming, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (at + piece.length == size) {
                Files.move(coming, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                return "whole";
            }
            return "more";
        } catch (NumberFormatException e) {
            throw Refused.badRequest("Say at which byte the piece begins, and how many the file has.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
