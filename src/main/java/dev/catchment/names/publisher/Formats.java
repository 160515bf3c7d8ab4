package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Sheet;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.AnyLongText;
import dev.catchment.names.format.CommonHeading;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.RanksOnly;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All formats there are, and which of them a file is of. */
public final class Formats {
    private static final int START_MAX = 100;

    private final List<Format> all = List.of(
            new UsSsa(),
            new UsSsaState(),
            new GbNrs(),
            new GbOns(),
            new GbOnsWideWorkbook(),
            new GbOnsWideText(),
            new GbNisra(),
            new CaStatcan(),
            new CaOntario(),
            PlainTables.CA_BC,
            new CaAlberta(),
            PlainTables.CA_NB,
            PlainTables.CA_NS,
            PlainTables.CA_QC,
            PlainTables.AU_NSW,
            new AuSouthAustralia(),
            new AuQueensland(),
            new AuVictoria(),
            new AuTasmania());

    private final AnyLongText anyLongText = new AnyLongText();

    /** The format a payload speaks of. */
    public Format named(String name) {
        return Stream.concat(all.stream(), Stream.of(anyLongText))
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("Unknown format " + name + "; the formats are "
                        + all.stream().map(Format::name).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * What the file is, told from its content by exactly one format. Of which publisher, the file has to say itself where
     * several could have written it, or whoever brings it.
     *
     * @throws PermanentFailure if none or more than one knows it, or it must not be loaded
     */
    public List<Publication> recognise(NamesFile file) throws IOException {
        RanksOnly.refuse(file);
        List<Publication> found = file.hints().source() == null ? signed(file) : brought(file);
        if (found.stream().map(Publication::format).distinct().count() > 1) {
            throw new PermanentFailure(
                    "Its content could be that of " + sources(found) + ". Give --source to say which.");
        }
        List<Publication> confirmed = new ArrayList<>();
        for (Publication publication : found) {
            confirmed.add(confirmed(file, publication));
        }
        return confirmed;
    }

    /** What the file itself says that it is. */
    private List<Publication> signed(NamesFile file) throws IOException {
        Set<String> unsigned = new LinkedHashSet<>();
        List<Publication> signed = signed(file, all, unsigned);
        if (!signed.isEmpty()) {
            return signed;
        }
        if (unsigned.isEmpty()) {
            throw new PermanentFailure("No known publisher writes a table that begins with " + start(file)
                    + ". If it is a new layout of one, its format has to be written first.");
        }
        throw new PermanentFailure("Its heading " + start(file) + " could be that of several publishers"
                + " (" + String.join(", ", unsigned) + " among them)"
                + ", and nothing in it says which. Give --source, or drop it into a folder of the inbox that is named for"
                + " its source. Known sources: "
                + known() + ".");
    }

    /** @param unsigned takes the sources that the file could be of, though it does not say so */
    private static List<Publication> signed(NamesFile file, List<Format> formats, Set<String> unsigned)
            throws IOException {
        List<Publication> signed = new ArrayList<>();
        for (Format format : formats) {
            try {
                List<Publication> found = format.recognise(file);
                if (!found.isEmpty() && format.isSigned(file, found)) {
                    signed.addAll(found);
                } else if (!found.isEmpty()) {
                    unsigned.add(format.source());
                }
            } catch (PermanentFailure refused) {
                if (format.isSigned(file, List.of())) {
                    throw refused;
                }
                unsigned.add(format.source());
            }
        }
        return signed;
    }

    /** What whoever brought it says that it is, unless it says itself that it is another's. */
    private List<Publication> brought(NamesFile file) throws IOException {
        String source = file.hints().source();
        List<Format> theirs =
                all.stream().filter(format -> format.source().equals(source)).toList();
        if (theirs.isEmpty()) {
            throw new PermanentFailure(
                    "It was given as " + source + ", which is not a known source; known are " + known() + ".");
        }
        List<Publication> found = new ArrayList<>();
        boolean isSigned = false;
        for (Format format : theirs) {
            List<Publication> one = format.recognise(file);
            isSigned |= !one.isEmpty() && format.isSigned(file, one);
            found.addAll(one);
        }
        if (!isSigned && !file.hints().isForced()) {
            refuseAnothers(file, source);
        }
        if (found.isEmpty()) {
            found.addAll(anyLongText.recognise(file));
        }
        if (found.isEmpty()) {
            throw new PermanentFailure("It was given as " + source + ", but no table of " + source
                    + " that is known here begins with " + start(file) + ".");
        }
        return found;
    }

    private void refuseAnothers(NamesFile file, String source) throws IOException {
        List<Format> others =
                all.stream().filter(format -> !format.source().equals(source)).toList();
        List<Publication> signed = signed(file, others, new HashSet<>());
        if (!signed.isEmpty()) {
            throw new PermanentFailure("It was given as " + source + ", but its content is that of " + sources(signed)
                    + ". If that is right, give --source " + signed.get(0).source() + ".");
        }
    }

    private String known() {
        return all.stream().map(Format::source).distinct().sorted().collect(Collectors.joining(", "));
    }

    /** Whoever brought it may say a year and a gender: every figure has to bear them out. */
    private Publication confirmed(NamesFile file, Publication it) throws IOException {
        Hints hints = file.hints();
        if (hints.year() == null && hints.gender() == null) {
            return it;
        }
        try (Stream<FileEntry> entries = named(it.format()).read(file, it)) {
            entries.filter(entry -> entry instanceof FileEntry.Figure figure && hints.contradict(figure))
                    .map(FileEntry.Figure.class::cast)
                    .findFirst()
                    .ifPresent(figure -> refuse(hints, figure));
        }
        Integer year = it.year() == null ? hints.year() : it.year();
        Gender gender = it.gender() == null ? hints.gender() : it.gender();
        return new Publication(it.format(), it.source(), it.region(), it.entry(), year, gender);
    }

    private static void refuse(Hints hints, FileEntry.Figure figure) {
        Hints unforced = hints.withForce(false); // nobody makes a row say another year than it says
        AgreedFact.year(unforced).by(figure.position(), figure.year()).agreed();
        AgreedFact.gender(unforced).by(figure.position(), figure.gender()).agreed();
    }

    private static String sources(List<Publication> publications) {
        return publications.stream().map(Publication::source).distinct().collect(Collectors.joining(" or "));
    }

    /** Of its first text, or of the sheet that looks most like a table of names. */
    private static String start(NamesFile file) throws IOException {
        String start = String.join(
                ",",
                file.texts().isEmpty() ? line(file.sheets()) : line(file.texts().get(0)));
        return '"' + (start.length() > START_MAX ? start.substring(0, START_MAX) + "…" : start) + '"';
    }

    private static List<String> line(TextFile text) throws IOException {
        return text.head().isEmpty() ? List.of() : text.head().get(0).cells();
    }

    private static List<String> line(List<Sheet> sheets) throws IOException {
        Sheet table = sheets.get(0);
        for (Sheet sheet : sheets) {
            if (CommonHeading.in(sheet.head()).isPresent()) {
                table = sheet;
                break;
            }
        }
        List<String> start = new ArrayList<>(List.of("sheet " + table.name()));
        table.head().stream().limit(1).forEach(row -> start.addAll(row.cells()));
        return start;
    }
}
