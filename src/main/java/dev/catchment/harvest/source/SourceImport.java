package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.kind.Kind;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** One file of sources being imported, batch after batch: bad entries are rejected, one by one, and the others go on. */
public final class SourceImport extends ActiveRun {
    private static final int BATCH = 2000;

    /** Ten times all the portals there are; the names are kept, so that none is given twice. */
    private static final int MOST = 200_000;

    private static final int REASONS = 8;

    private final SourceOrder order;
    private final SourceEntries entries;
    private final long size;
    private final AtomicLong read;
    private final List<Kind> kinds;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> imported = new TreeMap<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    private String cursor;
    private String firstReject;
    private boolean atEnd;

    SourceImport(
            SourceOrder order, RunStart start, SourceEntries entries, AtomicLong read, long size, List<Kind> kinds) {
        super(start, 1);
        this.order = order;
        this.entries = entries;
        this.read = read;
        this.size = size;
        this.kinds = kinds;
    }

    public SourceOrder order() {
        return order;
    }

    /** What the file holds, batch by batch; ends early when it is stopped or has failed. */
    public Iterator<SourceBatch> batches() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !atEnd && !isStopping() && !isFailed();
            }

            @Override
            public SourceBatch next() {
                return batch();
            }
        };
    }

    /** What was read before a break of the file is imported all the same. */
    private SourceBatch batch() {
        SourceBatch batch = new SourceBatch(read.get());
        try {
            SourceEntry entry = entries.next();
            while (entry != null) {
                if (entry.number() > MOST) {
                    throw new PermanentFailure(
                            "%s has more than %,d entries; those after %s were not read. Split it into several files."
                                    .formatted(reads(), MOST, cursor));
                }
                judge(entry, batch);
                batch.seen(entry, read.get());
                cursor = entry.position();
                entry = batch.entries() < BATCH ? entries.next() : null;
            }
            atEnd = batch.entries() < BATCH;
        } catch (IOException broken) {
            fail(new PermanentFailure("%s cannot be read on after %s: %s. What stands before was imported."
                    .formatted(reads(), cursor == null ? "its beginning" : cursor, broken.getMessage())));
        } catch (PermanentFailure broken) {
            fail(broken);
        }
        return batch;
    }

    private void judge(SourceEntry entry, SourceBatch batch) {
        try {
            if (entry.bad() != null) {
                throw entry.bad();
            }
            ObjectNode fields = Portal.is(entry.fields()) ? new Portal(entry.fields()).source(kinds) : entry.fields();
            ObjectNode row = SourceFields.row(fields, kinds);
            String name = row.get("name").textValue();
            if (!names.add(name)) {
                throw new BadRecord(
                        "duplicate-name",
                        "The name %s stands in this file before; give each source its own.".formatted(name));
            }
            imported.merge(row.get("kind").textValue(), 1, Integer::sum);
            batch.accept(entry, row);
        } catch (BadRecord bad) {
            batch.reject(entry, bad);
            firstReject = firstReject == null ? batch.firstReject() : firstReject;
        } catch (Portal.Skipped skip) {
            skipped.merge(skip.getMessage(), 1, Integer::sum);
            batch.skip();
        }
    }

    /** Counts what its statement does not. */
    void counted(SourceBatch batch) {
        batch.counts().forEach(tally()::add);
    }

    /** Tells what came of the file; of nothing that could be used there is no success. */
    public void sumUp() {
        if (atEnd && imported.isEmpty() && skipped.isEmpty()) {
            fail(new PermanentFailure(
                    "No source in %s could be used: %,d entries were rejected%s. 'catchment sources import --help' shows what a source looks like."
                            .formatted(
                                    reads(),
                                    tally().get("rejected"),
                                    firstReject == null ? "" : ", the first as " + firstReject)));
            return;
        }
        note("Kinds: " + words(imported, imported.size()) + ".");
        if (!skipped.isEmpty()) {
            note("Skipped: " + words(grouped(), REASONS) + ".");
        }
        if (tally().get("rejected") > 0) {
            note(
                    start().isDryRun()
                            ? "The first reject: "
                                    + (firstReject == null ? "another name holds the same portal." : firstReject)
                            : "'catchment runs %d' lists what was rejected, and why.".formatted(start().run()));
        }
    }

    /** Those of no known kind in one, with the software of the most of them. */
    private Map<String, Integer> grouped() {
        Map<String, Integer> grouped = new TreeMap<>();
        Map<String, Integer> software = new TreeMap<>();
        skipped.forEach((reason, count) -> {
            int bracket = reason.indexOf(" (");
            grouped.merge(bracket < 0 ? reason : reason.substring(0, bracket), count, Integer::sum);
            if (bracket >= 0) {
                software.put(reason.substring(bracket + 2, reason.length() - 1), count);
            }
        });
        Integer unknown = grouped.remove("no known kind");
        if (unknown != null) {
            grouped.put("no known kind (" + words(software, REASONS) + ")", unknown);
        }
        return grouped;
    }

    /** The most frequent first. */
    private static String words(Map<String, Integer> counts, int most) {
        String words = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(most)
                .map(each -> each.getKey().endsWith(")")
                        ? "%,d %s".formatted(each.getValue(), each.getKey())
                        : "%s %,d".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        return words.isEmpty()
                ? "none"
                : counts.size() > most ? words + " and " + (counts.size() - most) + " more" : words;
    }

    /** Whether it failed because of what is in the file, so that trying again would fail again. */
    boolean isFileAtFault() {
        return failure() instanceof PermanentFailure;
    }

    @Override
    public long read() {
        return read.get();
    }

    @Override
    public long toRead() {
        return size;
    }

    @Override
    protected boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public boolean isComplete() {
        return atEnd && !isFailed();
    }

    @Override
    protected String reads() {
        return order.file().getFileName().toString();
    }

    @Override
    protected String cursor() {
        return cursor;
    }

    @Override
    protected String next(Throwable cause) {
        return cause instanceof PermanentFailure
                ? "the next one fails too, until the file is mended"
                : "the next one changes what this one did not";
    }

    @Override
    public String resumption() {
        return "import the file again: what is held already stays as it is";
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
