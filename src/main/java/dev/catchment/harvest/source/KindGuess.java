package dev.catchment.harvest.source;

import dev.catchment.flow.kind.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind that a URL may be of.
 *
 * @param url that of the source, if it is
 * @param probe URL that answers with JSON, or what the kind decodes, if it is; null: its records are asked for at once
 * @param rank 0: the URL says so itself; more: less likely
 */
public record KindGuess(Kind kind, String url, String probe, int rank) {
    private static final int SAID = 0;
    private static final int LOOKS_LIKE_IT = 1;
    private static final int PROBED = 2;
    private static final int BY_CUSTOM = 3;

    /** All that a URL may be of, the likeliest first. @param kinds those whose records the harvest keeps itself */
    public static List<KindGuess> of(String url, Collection<Kind> kinds) {
        return kinds.stream()
                .flatMap(kind -> of(url, kind).stream())
                .sorted(Comparator.comparingInt(KindGuess::rank))
                .toList();
    }

    /** What it can be the URL of if the kind is known: as it is first, then where the kind looks by custom. */
    public static List<KindGuess> ofKind(String url, Kind kind) {
        Stream<KindGuess> asIs = Stream.of(new KindGuess(kind, url, null, SAID));
        Stream<KindGuess> guessed = of(url, kind).stream().map(guess -> new KindGuess(kind, guess.url, null, SAID));
        boolean isDocument = Portal.path(kind).isEmpty();
        return (isDocument ? Stream.concat(asIs, guessed) : Stream.concat(guessed, asIs))
                .distinct()
                .toList();
    }

    /** Whether nothing but what comes back shows that it is right. */
    public boolean isDoubtful() {
        return rank > SAID;
    }

    private static List<KindGuess> of(String url, Kind kind) {
        String probe = kind.match() == null ? null : kind.match().probe();
        String path = Portal.path(kind);
        return path.isEmpty() ? ofDocument(url, kind, probe) : ofPortal(url, kind, path, probe);
    }

    /** The kind adds its paths to the URL. */
    private static List<KindGuess> ofPortal(String url, Kind kind, String path, String probe) {
        String base = Portal.base(url);
        String before = Portal.before(path, base);
        if (before != null) {
            return List.of(new KindGuess(kind, before, null, SAID));
        }
        return probe == null ? List.of() : List.of(new KindGuess(kind, base, joined(base, probe), PROBED));
    }

    /** The URL is that of the document or the service itself. */
    private static List<KindGuess> ofDocument(String url, Kind kind, String probe) {
        if (probe == null) {
            return List.of();
        }
        if (probe.startsWith("?")) {
            String service = Portal.without(url, kind.request().query().keySet());
            return List.of(new KindGuess(kind, service, joined(service, probe), BY_CUSTOM));
        }
        String end = url.replaceFirst("[?#].*$", "").replaceFirst("^[a-z]+://[^/]*", "");
        boolean isDocument = end.matches(".*\\.[A-Za-z0-9]+") || url.contains("?");
        if (!isDocument) {
            return List.of(new KindGuess(kind, joined(Portal.base(url), probe), null, BY_CUSTOM));
        }
        String extension = probe.replaceFirst("^.*\\.", ".");
        boolean endsLikeIt = extension.startsWith(".") && end.endsWith(extension);
        return List.of(new KindGuess(kind, url, null, endsLikeIt ? LOOKS_LIKE_IT : BY_CUSTOM));
    }

    private static String joined(String url, String probe) {
        return url + (probe.startsWith("?") && url.contains("?") ? "&" + probe.substring(1) : probe);
    }
}
