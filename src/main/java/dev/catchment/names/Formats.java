package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All formats there are, and which of them a file is of. */
public final class Formats {
    private static final int START_MAX = 100;

    private final List<Format> all = List.of(
            new UsSsa(),
            new UsSsaState(),
            new GbNrs(),
            new GbOns(),
            new GbOnsWide(),
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
                .orElseThrow(() -> new PermanentFailure("no such format; the formats are "
                        + all.stream().map(Format::name).collect(Collectors.joining(", ")) + " format=" + name));
    }

    /**
     * What the file is, told from its content by exactly one format.
     *
     * @throws PermanentFailure if none or more than one knows it, or it must not be loaded
     */
    public List<Publication> recognise(NamesFile file) throws IOException {
        RanksOnly.refuse(file);
        List<Publication> found = new ArrayList<>();
        for (Format format : all) {
            found.addAll(format.recognise(file));
        }
        String unknown = "no known publisher writes a table like this one; if it is a new layout of one, its format has"
                + " to be written first";
        refuseIf(found.isEmpty(), unknown, file);
        List<Publication> hinted = hinted(found, file);
        String several = "its content could be that of " + sources(hinted) + "; say which with --source";
        refuseIf(hinted.stream().map(Publication::format).distinct().count() > 1, several, file);
        return hinted;
    }

    /** Whoever brought it may say which of several publishers it is of, and no other. */
    private static List<Publication> hinted(List<Publication> found, NamesFile file) throws IOException {
        String source = file.hints().source();
        List<Publication> hinted = found.stream()
                .filter(publication -> source == null || publication.source().equals(source))
                .toList();
        String other = "it was brought as " + source + ", but its content is that of " + sources(found)
                + "; if that is right, say it with --source " + found.get(0).source();
        refuseIf(hinted.isEmpty(), other, file);
        return hinted;
    }

    private static void refuseIf(boolean refused, String why, NamesFile file) throws IOException {
        if (refused) {
            throw new PermanentFailure(
                    "nothing was loaded: " + why + " file=" + file.name() + " begins=" + start(file));
        }
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
