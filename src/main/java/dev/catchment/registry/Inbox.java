package dev.catchment.registry;

import dev.catchment.errors.TransientFailure;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder into which index files are dropped: which of them are taken, and where they go afterwards. */
public final class Inbox implements GenericFileFilter<File> {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** So many times the settling of a file, one that had to stay is left alone: whatever failed is given time. */
    private static final int PAUSES = 5;

    /** Room must be left for the marks and reports beside a file; file systems end at 255. */
    private static final int LONGEST_NAME = 220;

    private final Path folder;
    private final Duration pause;
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** @param settle milliseconds in which a file must not have grown before it is taken */
    public Inbox(String folder, long settle) {
        this.folder = Path.of(folder).toAbsolutePath().normalize();
        this.pause = Duration.ofMillis(PAUSES * settle);
    }

    /** Leaves alone what is hidden, unfinished or ours, and refuses links: they lead who knows where. */
    @Override
    public boolean accept(GenericFile<File> file) {
        String name = file.getFileNameOnly().toLowerCase(Locale.ROOT);
        if (file.isDirectory() || name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part")) {
            return false;
        }
        String why = whyRefused(file);
        if (why != null && refused.add(name)) {
            LOG.warn("{} is refused and stays in the inbox. file={}", why, name);
        }
        Instant next = notBefore.get(file.getFileNameOnly());
        return why == null && (next == null || Instant.now().isAfter(next));
    }

    private String whyRefused(GenericFile<File> file) {
        Path path = file.getFile().toPath().toAbsolutePath();
        if (Files.isSymbolicLink(path) || !path.normalize().getParent().equals(folder)) {
            return "A link, or a name that leads out of the folder,";
        }
        if (!Files.isRegularFile(path)) {
            return "What is no regular file";
        }
        boolean unusable = path.getFileName().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || path.getFileName().toString().contains("\\");
        return unusable ? "A name with a backslash, or of more than %d bytes,".formatted(LONGEST_NAME) : null;
    }

    public SeedOrder order(File file) {
        notBefore.put(file.getName(), Instant.now().plus(pause)); // until it is put away
        return SeedOrder.ofInbox(file.getPath());
    }

    /**
     * Where a file goes: done or failed, under the day in UTC, by a name that is not taken there.
     *
     * @throws TransientFailure if another file was dropped over it meanwhile: that one has not been seeded
     */
    public Path target(SeedFile file, Map<String, Object> summary) {
        if (file.isChanged() || file.isReplaced()) {
            notBefore.remove(file.name());
            throw new TransientFailure(
                    "Another file was dropped over %s while that was worked on; the new one is seeded next."
                            .formatted(file.name()));
        }
        String outcome = "succeeded".equals(summary.get("status")) ? "done" : "failed";
        Path day = folder.resolve(outcome).resolve(LocalDate.now(ZoneOffset.UTC).toString());
        String name = file.name();
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

    /** It is dealt with: another one of its name is taken at once. @return its name */
    public String putAway(File file) {
        notBefore.remove(file.getName());
        return file.getName();
    }

    /** A target as the move of the file component wants it: relative to the folder. */
    public String relative(Path target) {
        return folder.relativize(target).toString();
    }

    /** Whether the file stays, to be gone on with: the seed was stopped, or failed for what was not the file's fault. */
    public boolean stays(Map<String, Object> summary, Seed seed) {
        boolean fault = seed != null && seed.isFileAtFault();
        return "stopped".equals(summary.get("status")) || ("failed".equals(summary.get("status")) && !fault);
    }
}
