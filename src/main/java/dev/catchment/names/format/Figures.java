package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.FoldedName;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.Row;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;

/**
 * What a row comes to once it is known what each of its cells is.
 *
 * @param counts how this publisher writes a count; -1 where it is none
 */
public record Figures(ToIntFunction<String> counts) {
    public static final Figures PLAIN = new Figures(Cells::count);
    static final Figures GROUPED = new Figures(Cells::grouped);
    public static final Figures WHOLE = new Figures(Cells::whole);

    private static final int NAME_MAX = 100;
    /** A letter may become as many in capitals. */
    private static final int GROWTH_MAX = 3;

    private static final int RECORD_MAX = 1000;

    /** It is later again once the clock is asked, which two million rows need not. */
    private static volatile int thisYear;

    /** A row that says its year and gender itself. */
    public FileEntry of(Row row, String year, String gender, String name, String count) {
        int number = Cells.year(year);
        if (number < 0) {
            return unusable(row, "bad-year", "not a four-digit year", year);
        }
        Gender either = Gender.of(gender).orElse(null);
        return either == null
                ? unusable(row, "bad-gender", "neither girls nor boys", gender)
                : of(row, number, either, name, count);
    }

    /** A row, or some cells of a row, of a known year and gender. */
    public FileEntry of(Row row, int year, Gender gender, String name, String count) {
        if (isToCome(year)) {
            return unusable(row, "bad-year", "a year in the future", String.valueOf(year));
        }
        String clean = Cells.name(name);
        if (Cells.isTurned(clean)) {
            return unusable(row, "bad-name", "a name displayed in another order than it is written", clean);
        }
        if (!isName(clean)) {
            return unusable(row, "bad-name", "not a name of 1 to 100 characters", clean);
        }
        int number = counts.applyAsInt(count);
        if (number > 0) {
            return new FileEntry.Figure(year, gender, clean, number, row.position());
        }
        if (number == 0) {
            return FileEntry.Passed.NONE;
        }
        return Cells.isSuppressed(count)
                ? FileEntry.Passed.SUPPRESSED
                : unusable(row, "bad-count", "not a whole number of births", count);
    }

    /** One of many counts in a row: a name may well have none there. */
    FileEntry ofCell(Row row, int year, Gender gender, String name, String count) {
        return Cells.isNothing(count) ? FileEntry.Passed.NONE : of(row, year, gender, name, count);
    }

    private static boolean isToCome(int year) {
        if (year > thisYear) {
            thisYear = Year.now(ZoneOffset.UTC).getValue();
        }
        return year > thisYear;
    }

    /** Both the name and the key it is found by have to fit their columns. */
    private static boolean isName(String name) {
        boolean fits = name.length() <= NAME_MAX / GROWTH_MAX
                || name.length() <= NAME_MAX && FoldedName.of(name).length() <= NAME_MAX;
        boolean spoken = !name.isEmpty() && Character.isLetter(name.charAt(0))
                || name.codePoints().anyMatch(Character::isLetter);
        return fits && spoken;
    }

    public static FileEntry.Unusable unusable(Row row, String reason, String what, String cell) {
        String record = String.join(",", row.cells());
        return new FileEntry.Unusable(
                row.position(), reason, what + ": \"" + start(cell, NAME_MAX) + "\"", start(record, RECORD_MAX));
    }

    /** A row of more or fewer cells than its heading has: nobody can say what each of them is. */
    public static FileEntry.Unusable unusable(Row row, int fields) {
        String found = String.valueOf(row.cells().size());
        return unusable(row, "bad-fields", "not " + fields + " fields", found);
    }

    private static String start(String text, int length) {
        return text.length() > length ? text.substring(0, length) + "…" : text;
    }
}
