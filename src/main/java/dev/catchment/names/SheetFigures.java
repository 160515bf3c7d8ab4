package dev.catchment.names;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a name and the count beside it come to. */
final class SheetFigures {
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> WITHHELD = Set.of("..", ":", "[x]", "x");
    private static final Set<String> NOTHING = Set.of("", "-", "0");
    /** The longest ever seen has 30. */
    private static final int LONGEST_NAME = 100;

    private SheetFigures() {}

    /** In a table of one row a name: the count must be there. */
    static Entry ofRow(int year, Gender gender, String name, String count, String position) {
        if (WITHHELD.contains(count)) {
            return Entry.Passed.SUPPRESSED;
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return unusable(position, "bad-name", name.isEmpty() ? "no name" : "a name this long", name, count);
        }
        if (!COUNT.matcher(count).matches() || Integer.parseInt(count) == 0) {
            return unusable(position, "bad-count", "the count is no whole number of 1 or more", name, count);
        }
        return new Entry.Figure(year, gender, name, Integer.parseInt(count), position);
    }

    /** In a table of many columns: a name may well have no count in one of them. */
    static Entry ofCell(int year, Gender gender, String name, String count, String position) {
        return NOTHING.contains(count) ? Entry.Passed.NONE : ofRow(year, gender, name, count, position);
    }

    static Entry unusable(String position, String reason, String message, String... cells) {
        return new Entry.Unusable(position, reason, message, String.join(" | ", cells));
    }

    /** Excel takes the name True for a truth value and forgets its case; its neighbours tell. */
    static String spelt(String name, String neighbour) {
        if (!(name.equals("TRUE") || name.equals("FALSE")) || neighbour.equals(neighbour.toUpperCase(Locale.ROOT))) {
            return name;
        }
        String rest = name.substring(1).toLowerCase(Locale.ROOT);
        return Character.isLowerCase(neighbour.charAt(0)) ? name.toLowerCase(Locale.ROOT) : name.charAt(0) + rest;
    }
}
