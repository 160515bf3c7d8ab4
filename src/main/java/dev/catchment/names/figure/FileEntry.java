package dev.catchment.names.figure;

/** What one place in a publisher's file says. */
public sealed interface FileEntry {

    /**
     * A figure: so many babies of one gender were given a name in a year.
     *
     * @param name as published, without the blanks around it
     * @param count 1 or more
     * @param position where it stands, for people: {@code yob1880.txt line 7}, {@code Table_6 row 12}
     */
    record Figure(int year, Gender gender, String name, int count, String position) implements FileEntry {}

    /**
     * What should be a figure and is none.
     *
     * @param reason code of {@code ops.rejects}: {@code bad-count}, {@code bad-name} …
     * @param record the cells as they were read
     */
    record Unusable(String position, String reason, String message, String record) implements FileEntry {}

    /** What is rightly no figure; counted, so that nothing vanishes unseen. */
    enum Passed implements FileEntry {
        /** The publisher withholds a small count: it is not zero, it is not known. */
        SUPPRESSED,
        /** A sum, a rank, a percentage or a heading. */
        NO_COUNT,
        /** A zero or an empty cell of a wide table. */
        NONE
    }
}
