package dev.catchment.flow.field;

/** What counts as a value among the strings publishers type. */
public final class FieldText {

    private FieldText() {}

    /** The string without space around it; null where nothing is left or a template was never filled in. */
    public static String value(String raw) {
        if (raw == null) {
            return null;
        }
        int start = 0;
        int end = raw.length();
        while (start < end && isSpace(raw.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(raw.charAt(end - 1))) {
            end--;
        }
        String trimmed = raw.substring(start, end);
        return trimmed.isEmpty() || isPlaceholder(trimmed) ? null : trimmed;
    }

    /** Space as people see it: also the no-break space, the zero-width space and the byte order mark. */
    public static boolean isSpace(char c) {
        return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
    }

    /** {@code {{name}}}: the field of a template nobody filled in. */
    private static boolean isPlaceholder(String trimmed) {
        return trimmed.startsWith("{{") && trimmed.endsWith("}}");
    }
}
