package dev.catchment.registry;

import dev.catchment.errors.TransientFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder into which index files are dropped: which of them are taken, and where they go afterwards. */
public final class Inbox implements GenericFileFilter<File> {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** So many times the settling of a file, one that had to stay is left alone: whatever failed is given time. */
    private static final int PAUSES = 5;

    private final Path folder;
    private final Duration pause;
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();
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
        Path path = file.getFile().toPath();
        boolean leadsOut = Files.isSymbolicLink(path)
                || !path.toAbsolutePath().normalize().getParent().equals(folder);
        if (leadsOut && refused.add(name)) {
            LOG.warn("A link in the inbox is refused and stays where it is; drop the file itself. file={}", name);
        }
        Instant next = notBefore.get(file.getFileNameOnly());
        return !leadsOut && (next == null || Instant.now().isAfter(next));
    }

    public SeedOrder order(File file) {
        notBefore.put(file.getName(), Instant.now().plus(pause)); // until it is put away
        taken.put(file.getName(), identity(file));
        return SeedOrder.ofInbox(file.getPath());
    }

    /** Which file it is, and of when. */
    private static String identity(File file) {
        try {
            var attributes = Files.readAttributes(file.toPath(), BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException gone) {
            return "gone";
        }
    }

    /**
     * Where a file goes: done or failed, under the day in UTC, by a name that is not taken there.
     *
     * @throws TransientFailure if another file was dropped over it meanwhile: that one has not been seeded
     */
    public Path target(File file, Map<String, Object> summary) {
        if (!identity(file).equals(taken.get(file.getName()))) {
            notBefore.remove(file.getName());
            throw new TransientFailure(
                    "Another file was dropped over %s while that was worked on; the new one is seeded next."
                            .formatted(file.getName()));
        }
        String outcome = "succeeded".equals(summary.get("status")) ? "done" : "failed";
        Path day = folder.resolve(outcome).resolve(LocalDate.now(ZoneOffset.UTC).toString());
        String name = file.getName();
        int dot = name.indexOf('.', 1) < 0 ? name.length() : name.indexOf('.', 1);
        Path target = day.resolve(name);
        for (int copy = 2; Files.exists(target); copy++) {
            target = day.resolve(name.substring(0, dot) + "-" + copy + name.substring(dot));
        }
        return target;
    }

    /** It is dealt with: another one of its name is taken at once. @return its name */
    public String putAway(File file) {
        notBefore.remove(file.getName());
        taken.remove(file.getName());
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
