package dev.catchment.names;

/** What was said of a file by whoever brought it: its folder, the command line. Null where nobody said. */
public record Hints(String source, Integer year, Gender gender) {
    public static final Hints NONE = new Hints(null, null, null);

    boolean contradict(Entry.Figure figure) {
        return year != null && year != figure.year() || gender != null && gender != figure.gender();
    }
}
