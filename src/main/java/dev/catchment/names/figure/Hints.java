package dev.catchment.names.figure;

/**
 * What was said of a file by whoever brought it: its folder, the command line. Null where nobody said.
 *
 * @param isForced whoever brought it insists, against what the file says of itself
 */
public record Hints(String source, Integer year, Gender gender, boolean isForced) {
    public static final Hints NONE = new Hints(null, null, null);

    public Hints(String source, Integer year, Gender gender) {
        this(source, year, gender, false);
    }

    public Hints withForce(boolean force) {
        return new Hints(source, year, gender, force);
    }

    public boolean contradict(FileEntry.Figure figure) {
        return year != null && year != figure.year() || gender != null && gender != figure.gender();
    }
}
