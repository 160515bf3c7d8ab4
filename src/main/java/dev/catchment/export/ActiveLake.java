package dev.catchment.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.export.file.ParquetFile;
import dev.catchment.export.file.RowFile;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RunStart;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.postgres.rows.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An export to a lake while it is written. What is not in its manifest is not seen, so files are put one by one; {@code open.json}
 * says from the first one on which they are, so that the next export goes on with those that are whole, and removes those that it has
 * no use for.
 */
public final class ActiveLake extends ExportRun {
    private static final String OPEN = "open.json";
    private static final String NEXT = "the next export to this lake does not make again what is there whole";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LakeOrder order;
    private final ExportFolder room;
    private final LakeSettings settings;
    private final String madeBy = Manifest.program() + ", form " + LakeManifest.FORM;
    private final LakeExpiry expiry = new LakeExpiry();
    /** Of the export before, by the last part of their path, which says what they hold. */
    private final Map<String, LakeFile> filesBefore = new HashMap<>();
    /** What is to be written or to be found as it is. */
    private final Deque<LakePart> parts = new ArrayDeque<>();

    private final List<LakeFile> files = new ArrayList<>();
    private Snapshot snapshot;
    private Path place;
    private String name;
    private LakeManifest before;
    private LakePart part;
    private long position;
    private String origin;
    private boolean isWhole;
    private long written;
    private long bytes;
    private int put;
    private int found;
    private boolean isPublished;

    ActiveLake(RunStart start, LakeOrder order, ExportFolder room, LakeSettings settings) {
        super(start, NEXT);
        this.order = order;
        this.room = room;
        this.settings = settings;
    }

    /** @param held the snapshot that is read */
    public void open(Snapshot held) throws IOException {
        snapshot = held;
        name = name(held.takenAt());
        place = room.begin();
        ExportFolder.remove(place, Set.of(place));
    }

    /** Where it goes. */
    public LakeOrder to() {
        return order;
    }

    /** The newest export of the lake. @param text its manifest; null if there is none */
    public void follow(String text) {
        before = LakeManifest.read(LakeManifest.LATEST, text);
        if (before != null) {
            before.files().forEach(file -> filesBefore.put(LakeExpiry.last(file.path()), file));
        }
    }

    /** What an export that was interrupted has begun. @param text null if none was */
    public void resume(String text) throws IOException {
        if (text != null) {
            JSON.readTree(text).path("paths").forEach(path -> expiry.left(path.asText()));
        }
    }

    /** Whether it can be of changes is decided here. @param rows of {@code export/find-lake-position} */
    public void compare(RowStream rows) {
        try (rows) {
            Map<String, Object> row = rows.next();
            position = (Long) row.get("position");
            origin = (String) row.get("origin");
        }
        String reason = whyWhole();
        isWhole = reason != null;
        if (isWhole) {
            note("A whole export, for %s.".formatted(reason));
        }
    }

    /** Null if it may be of changes. */
    private String whyWhole() {
        if (before == null) {
            return "the lake is empty";
        }
        if (order.isWhole()) {
            return "a whole one was asked for";
        }
        if (!before.origin().equals(origin)) {
            return "the one before is of another database, or of another timeline of its server";
        }
        if (before.position() > position) {
            return "the one before is of later transactions, which this database does not have";
        }
        if (!before.program().equals(Manifest.program())) {
            return "the one before is of another version";
        }
        return before.changes() < settings.changes()
                ? null
                : "%d of changes follow the last whole one".formatted(before.changes());
    }

    /** The parameters of {@code export/list-lake-parts}. */
    public Map<String, Object> wanted() {
        Map<Long, String> held = new HashMap<>();
        if (!isWhole) {
            before.files().stream()
                    .filter(file -> file.content().equals("states"))
                    .forEach(file -> held.put(file.sourceId(), file.source()));
        }
        List<Map<String, Object>> sources = new ArrayList<>();
        held.forEach((id, source) -> sources.add(Map.of("id", id, "name", source)));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("since", isWhole ? null : before.position());
        parameters.put("held", BatchJson.text(sources));
        return parameters;
    }

    /** Keeps what of the files before holds still. @param rows of {@code export/list-lake-parts} */
    public void plan(RowStream rows) {
        Map<Long, String> goingOn = new HashMap<>();
        try (rows) {
            while (rows.hasNext()) {
                LakePart next = LakePart.of(rows.next(), madeBy);
                if (next.since() != null) {
                    goingOn.put(next.sourceId(), next.source());
                }
                if (next.rows() > 0 || next.sourceId() == null) {
                    parts.add(next);
                }
            }
        }
        if (!isWhole) {
            before.files().stream()
                    .filter(file -> file.sourceId() != null && file.source().equals(goingOn.get(file.sourceId())))
                    .forEach(files::add);
        }
    }

    /** What is begun, before the first of it is put. */
    public LakeObject begun() throws IOException {
        String kind = isWhole ? "whole" : "changes";
        Set<String> paths = expiry.begin(
                before == null ? List.of() : before.exports(),
                new LakeManifest.Kept(name, kind, snapshot.takenAt().toString(), LakeManifest.path(name)),
                settings.keep());
        parts.stream().filter(next -> same(next) == null).forEach(next -> paths.add(place(next)));
        return paths(paths);
    }

    private LakeObject paths(Set<String> paths) throws IOException {
        Path file = place.resolve(OPEN);
        Files.writeString(file, JSON.writeValueAsString(Map.of("export", name, "paths", paths)));
        return object(OPEN, file);
    }

    private static LakeObject object(String key, Path file) throws IOException {
        return new LakeObject(key, file, Manifest.hash(file));
    }

    /** Where the rows are, or will be. */
    private String place(LakePart rows) {
        LakeFile same = same(rows);
        return same != null ? same.path() : expiry.leftAs(rows.name()).orElse(rows.path(day()));
    }

    /** The file of the export before that holds these rows; null if none does. */
    private LakeFile same(LakePart rows) {
        LakeFile same = filesBefore.get(rows.name());
        return same != null && rows.isIn(same) ? same : null;
    }

    private String day() {
        return LocalDate.ofInstant(snapshot.takenAt(), ZoneOffset.UTC).toString();
    }

    public boolean hasParts() {
        return !parts.isEmpty();
    }

    /** The next rows that are to be there. */
    public void takePart() {
        requireGoingOn();
        part = parts.remove();
        LakeFile same = same(part);
        if (same != null && !isWhole) { // a whole export looks whether it is there
            if (!files.contains(same)) { // or it is of a chain that goes on
                files.add(same);
            }
            found++;
            part = null;
        }
    }

    /** Whether these rows may be there, of the export before or of one that was interrupted. */
    public boolean mayBeThere() {
        return part != null && (same(part) != null || expiry.leftAs(part.name()).isPresent());
    }

    public String path() {
        return place(part);
    }

    /** Takes them as they are, unless a manifest says that they were another file. @param state bytes and sha256; null if none is there */
    public void adopt(Map<String, Object> state) {
        if (state == null || state.get("sha256") == null) {
            return;
        }
        LakeFile there = file(((Number) state.get("bytes")).longValue(), (String) state.get("sha256"));
        LakeFile same = same(part);
        if (same == null || same.isOfSameBytes(there)) {
            files.add(same == null ? there : same);
            found++;
            part = null;
        }
    }

    private LakeFile file(long size, String sha256) {
        String path = path();
        String day = path.replaceFirst(".*/day=([0-9-]+)/.*", "$1");
        return new LakeFile(path, part.content(), part.source(), part.sourceId(), day, name, part.rows(), size, sha256);
    }

    /** Whether these rows have to be written. @param content where they come from */
    public boolean lacks(String content) {
        return part != null && part.content().equals(content);
    }

    /** Of the statement that lists the rows. */
    public Map<String, Object> parameters() {
        return part.parameters();
    }

    /** Writes the rows. @return what is to be put */
    public LakeObject write(RowStream rows) throws IOException {
        Path lines = place.resolve("rows.ndjson");
        Path parquet = place.resolve("rows.parquet");
        Files.deleteIfExists(parquet);
        Map<String, String> columns = new LinkedHashMap<>(rows.types());
        long count = 0;
        try (rows;
                RowFile file = RowFile.lines(lines)) {
            while (rows.hasNext()) {
                requireGoingOn();
                file.write(rows.next());
                count++;
            }
        }
        if (count != part.rows() && part.sourceId() != null) {
            throw new PermanentFailure("%s has %d states and %d were listed, in one snapshot."
                    .formatted(part.source(), count, part.rows()));
        }
        new ParquetFile(columns, settings.memory()).write(lines, parquet);
        Files.delete(lines);
        LakeObject object = object(path(), parquet);
        files.add(file(Files.size(parquet), object.sha256()));
        tally().add("seen", count);
        written += count;
        bytes += Files.size(parquet);
        put++;
        return object;
    }

    /** What the lake is from now on, which is put under its own name first. */
    public LakeObject manifest() throws IOException {
        LakeManifest manifest = new LakeManifest(
                LakeManifest.FORM,
                name,
                isWhole ? "whole" : "changes",
                isWhole ? 0 : before.changes() + 1,
                snapshot.takenAt().toString(),
                start().run(),
                Manifest.program(),
                position,
                origin,
                expiry.exports(),
                files);
        Path file = place.resolve("manifest.json");
        manifest.write(file);
        return object(LakeManifest.path(name), file);
    }

    /** The same under the name by which it is found. */
    public LakeObject latest() throws IOException {
        return object(LakeManifest.LATEST, place.resolve("manifest.json"));
    }

    /** It is seen. */
    public void published() {
        isPublished = true;
        note("%d of the files of %s/%s were written, %d were there."
                .formatted(put, order.to(), LakeManifest.path(name), found));
    }

    /** What goes of the lake. */
    public LakeExpiry expiry() {
        return expiry;
    }

    /** What goes, so that it goes also if this ends before. */
    public LakeObject going() throws IOException {
        return paths(expiry.going(files));
    }

    /** Keys of what nobody needs any more. */
    public List<String> doomed() {
        List<String> keys = expiry.doomed();
        keys.add(OPEN);
        return keys;
    }

    /** The parameters of {@code export/update-run}, with what came since the last time. */
    public Map<String, Object> counts() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start().run());
        parameters.put("counts", BatchJson.text(Map.of("seen", written, "skipped", 0L, "bytes", bytes)));
        written = 0;
        bytes = 0;
        return parameters;
    }

    /** @param row what that statement gave; null if another process took this one for dead, and may write to the lake itself */
    public void counted(Map<String, Object> row) {
        requireRunning(row);
    }

    @Override
    public void close() throws IOException {
        try (room;
                Snapshot held = snapshot) {
            if (place != null) {
                ExportFolder.remove(place, Set.of());
            }
        }
    }

    @Override
    boolean hasPublished() {
        return isPublished;
    }
}
