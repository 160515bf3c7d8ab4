package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
            new CaBritishColumbia(),
            new CaAlberta(),
            new CaNewBrunswick(),
            new CaNovaScotia(),
            new CaQuebec(),
            new AuNsw(),
            new AuSouthAustralia(),
            new AuQueensland(),
            new AuVictoria(),
            new AuTasmania());

    /** The format a payload speaks of. */
    public Format named(String name) {
        return all.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("There is no format " + name + "; the formats are "
                        + all.stream().map(Format::name).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * What the file is, told from its content by exactly one format.
     *
     * @throws PermanentFailure if none or more than one knows it, or it must not be loaded
     */
    public List<Publication> recognise(NamesFile file) throws IOException {
        RanksOnly.refuse(file);
        List<Publication> hinted = hinted(found(file), file.hints().source());
        if (hinted.stream().map(Publication::format).distinct().count() > 1) {
            throw new PermanentFailure(
                    "Its content could be that of " + sources(hinted) + ". Say which with --source.");
        }
        List<Publication> confirmed = new ArrayList<>();
        for (Publication publication : hinted) {
            confirmed.add(confirmed(file, publication));
        }
        return confirmed;
    }

    private List<Publication> found(NamesFile file) throws IOException {
        List<Publication> found = new ArrayList<>();
        for (Format format : all) {
            found.addAll(format.recognise(file));
        }
        if (found.isEmpty()) {
            throw new PermanentFailure("No known publisher writes a table that begins with " + start(file)
                    + ". If it is a new layout of one, its format has to be written first.");
        }
        return found;
    }

    /** Whoever brought it may say which of several publishers it is of, and no other. */
    private static List<Publication> hinted(List<Publication> found, String source) {
        List<Publication> hinted = found.stream()
                .filter(publication -> source == null || publication.source().equals(source))
                .toList();
        if (hinted.isEmpty()) {
            throw new PermanentFailure("It was brought as " + source + ", but its content is that of " + sources(found)
                    + ". If that is right, say --source " + found.get(0).source() + ".");
        }
        return hinted;
    }

    /** Whoever brought it may say a year and a gender: every figure has to bear them out. */
    private Publication confirmed(NamesFile file, Publication it) throws IOException {
        Hints hints = file.hints();
        if (hints.year() == null && hints.gender() == null) {
            return it;
        }
        try (Stream<Entry> entries = named(it.format()).read(file, it)) {
            entries.filter(entry -> entry instanceof Entry.Figure figure && hints.contradict(figure))
                    .map(Entry.Figure.class::cast)
                    .findFirst()
                    .ifPresent(figure -> refuse(hints, figure));
        }
        Integer year = it.year() == null ? hints.year() : it.year();
        Gender gender = it.gender() == null ? hints.gender() : it.gender();
        return new Publication(it.format(), it.source(), it.region(), it.entry(), year, gender);
    }

    private static void refuse(Hints hints, Entry.Figure figure) {
        Claims.year(hints).by(figure.position(), figure.year()).agreed();
        Claims.gender(hints).by(figure.position(), figure.gender()).agreed();
    }

    private static String sources(List<Publication> publications) {
        return publications.stream().map(Publication::source).distinct().collect(Collectors.joining(" or "));
    }

    /** Of its first text or sheet. */
    private static String start(NamesFile file) throws IOException {
        List<Row> head = file.texts().isEmpty()
                ? file.sheets().get(0).head()
                : file.texts().get(0).head();
        String start = head.stream()
                .limit(1)
                .flatMap(row -> row.cells().stream())
                .collect(Collectors.joining(",", "\"", "\""));
        return start.length() > START_MAX ? start.substring(0, START_MAX) + "…" : start;
    }
}
