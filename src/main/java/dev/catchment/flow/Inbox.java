package dev.catchment.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder into which files are dropped: which of them are taken, and where they go afterwards. */
public final class Inbox implements GenericFileFilter<File> {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** So many times the settling of a file, one that had to stay is left alone: whatever failed is given time. */
    private static final int PAUSES = 5;

    /** Room must be left for the marks and reports beside a file; file systems end at 255. */
    private static final int LONGEST_NAME = 220;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PUT_AWAY = Set.of("done", "failed");

    private final Path folder;
    private final int depth;
    private final Duration pause;
    private final Map<String, Taken> taken = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** What was taken under a name, and when it may be taken again. */
    private record Taken(FileVersion version, Instant notBefore) {}

    /**
     * @param settle milliseconds in which a file must not have grown before it is taken
     * @param depth 1 if files lie in the folder itself, 2 if they may lie in a folder in it
     */
    public Inbox(String folder, long settle, int depth) {
        this.folder = Path.of(folder).toAbsolutePath().normalize();
        this.depth = depth;
        this.pause = Duration.ofMillis(PAUSES * settle);
    }

    /** Leaves alone what is hidden, unfinished or ours, and refuses links: they lead who knows where. */
    @Override
    public boolean accept(GenericFile<File> file) {
        try {
            return isWelcome(file);
        } catch (InvalidPathException unreadable) { // of the others, none may wait for it
            if (refused.add(file.getFileNameOnly())) {
                LOG.warn(
                        "A name with letters that the locale of this process does not know (set LC_ALL=C.UTF-8) is refused"
                                + " and stays in the inbox. file={}",
                        file.getFileNameOnly());
            }
            return false;
        }
    }

    private boolean isWelcome(GenericFile<File> file) {
        String name = file.getFileNameOnly().toLowerCase(Locale.ROOT);
        if (file.isDirectory()) {
            return !name.startsWith(".") && !PUT_AWAY.contains(name) && isLookedInto(path(file.getFile()));
        }
        if (name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part")) {
            return false;
        }
        String why = whyRefused(file);
        if (why != null && refused.add(name)) {
            LOG.warn("{}; ignored and left in the inbox. file={}", why, name);
        }
        if (why == null && file.getLastModified() > System.currentTimeMillis() + pause.toMillis()) {
            file.getFile().setLastModified(System.currentTimeMillis()); // a file of tomorrow would be taken tomorrow
        }
        Taken before = taken.get(path(file.getFile()).toString());
        return why == null && (before == null || Instant.now().isAfter(before.notBefore));
    }

    private boolean isLookedInto(Path inner) {
        boolean deep = folder.relativize(inner).getNameCount() >= depth;
        if (deep && refused.add(inner.toString())) {
            LOG.warn(
                    "A folder in the inbox is ignored with all its files; files belong in {}. folder={}",
                    depth == 1 ? "the inbox itself" : "the inbox itself or a folder of it",
                    inner);
        }
        return !deep;
    }

    private String whyRefused(GenericFile<File> file) {
        Path path = path(file.getFile());
        if (Files.isSymbolicLink(path) || !isInside(path)) {
            return "A link, or a name that leads out of the folder";
        }
        if (!Files.isRegularFile(path)) {
            return "Not a regular file";
        }
        boolean unusable = path.getFileName().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || path.getFileName().toString().contains("\\");
        return unusable ? "A name with a backslash, or of more than %d bytes".formatted(LONGEST_NAME) : null;
    }

    private static Path path(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }

    private boolean isInside(Path path) {
        Path parent = path.getParent();
        return parent.equals(folder)
                || (depth == 2 && parent.getParent().equals(folder) && !Files.isSymbolicLink(parent));
    }

    /** It is worked on: whatever happens, it is not taken again for a while. @return its path */
    public String take(File file) {
        Path path = path(file);
        taken.put(path.toString(), new Taken(FileVersion.of(path), Instant.now().plus(pause))); // until it is put away
        return file.getPath();
    }

    /** Whether another file was dropped over one that was taken, or it has changed: what lies there now was not dealt with. */
    public boolean isDroppedOver(File file) {
        Path path = path(file);
        Taken before = taken.get(path.toString());
        return before != null && !before.version.equals(FileVersion.of(path));
    }

    /** Where a file goes: done or failed, under the day in UTC, by a name that is not taken there; an absolute path. */
    public Path target(File file, String outcome) {
        Path day = folder.resolve(outcome).resolve(LocalDate.now(ZoneOffset.UTC).toString());
        String name = file.getName();
        int dot = name.indexOf('.', 1) < 0 ? name.length() : name.indexOf('.', 1);
        Path target = day.resolve(name);
        for (int copy = 2; isTaken(target); copy++) {
            target = day.resolve(name.substring(0, dot) + "-" + copy + name.substring(dot));
        }
        return target;
    }

    private static boolean isTaken(Path target) {
        return Stream.of("", ".report.json", ".rejects.ndjson")
                .anyMatch(ending -> Files.exists(target.resolveSibling(target.getFileName() + ending)));
    }

    /** It is dealt with, or another one was dropped over it: what has its name is taken at once. @return its name */
    public String letGo(File file) {
        taken.remove(path(file).toString());
        return file.getName();
    }

    /** Puts what became of a file beside where it goes; the report appears whole or not at all. */
    public void report(Path target, Map<String, Object> summary) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>(summary);
        report.put("file", target.getFileName().toString());
        Files.createDirectories(target.getParent());
        Path draft = target.resolveSibling("." + target.getFileName() + ".report.tmp");
        Files.writeString(draft, pretty(report) + "\n");
        Path beside = target.resolveSibling(target.getFileName() + ".report.json");
        Files.move(draft, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pretty(Map<String, Object> report) throws JsonProcessingException {
        report.replaceAll((field, value) ->
                value instanceof Date moment ? moment.toInstant().toString() : value);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }
}
