package dev.catchment.policy.mail;

/** The beginning of a diff, to the end of a line. */
final class DiffExcerpt {
    private DiffExcerpt() {}

    /** @param most characters */
    static String of(String diff, int most) {
        if (diff.length() <= most) {
            return diff;
        }
        int end = diff.lastIndexOf('\n', most);
        if (end > 0) {
            return diff.substring(0, end);
        }
        // One line that is longer than all that is shown: not in the middle of a character.
        return diff.substring(0, Character.isHighSurrogate(diff.charAt(most - 1)) ? most - 1 : most);
    }
}
