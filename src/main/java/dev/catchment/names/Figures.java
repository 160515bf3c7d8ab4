package dev.catchment.names;

import java.util.function.ToIntFunction;

/**
 * What a row comes to once it is known what each of its cells is.
 *
 * @param counts how this publisher writes a count; -1 where it is none
 */
record Figures(ToIntFunction<String> counts) {
    static final Figures PLAIN = new Figures(Cells::count);
    static final Figures GROUPED = new Figures(Cells::grouped);
    static final Figures WHOLE = new Figures(Cells::whole);

    private static final int NAME_MAX = 100;
    private static final int RECORD_MAX = 1000;

    /** A row that says its year and gender itself. */
    Entry of(Row row, String year, String gender, String name, String count) {
        int number = Cells.year(year);
        if (number < 0) {
            return unusable(row, "bad-year", "no year of four digits", year);
        }
        Gender either = Gender.of(gender).orElse(null);
        return either == null
                ? unusable(row, "bad-gender", "neither girls nor boys", gender)
                : of(row, number, either, name, count);
    }

    /** A row, or a cell of a wide row, of a known year and gender. */
    Entry of(Row row, int year, Gender gender, String name, String count) {
        String clean = Cells.name(name);
        if (clean.isEmpty() || clean.length() > NAME_MAX || !hasLetter(clean)) {
            return unusable(row, "bad-name", "no name of a letter or more and 100 at the most", clean);
        }
        int number = counts.applyAsInt(count);
        if (number > 0) {
            return new Entry.Figure(year, gender, clean, number, row.position());
        }
        if (number == 0) {
            return Entry.Passed.NONE;
        }
        return Cells.isSuppressed(count)
                ? Entry.Passed.SUPPRESSED
                : unusable(row, "bad-count", "no whole number of births", count);
    }

    private static boolean hasLetter(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isLetter(name.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    static Entry.Unusable unusable(Row row, String reason, String what, String cell) {
        String record = String.join(",", row.cells());
        return new Entry.Unusable(
                row.position(), reason, what + ": \"" + start(cell, NAME_MAX) + "\"", start(record, RECORD_MAX));
    }

    private static String start(String text, int length) {
        return text.length() > length ? text.substring(0, length) + "…" : text;
    }
}
