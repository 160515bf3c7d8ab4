package dev.catchment.reader;

/** How a reader and the process that started it talk: what both have to know. */
final class Wire {
    /** The first word of a reader, and of nothing else that might be printed. */
    static final int HELLO = 0x52454144;

    /** In place of the length of a piece: the answer is whole. */
    static final int END = 0;
    /** A permanent failure; its message follows. */
    static final int REFUSED = -1;
    /** Any other exception; its words follow. */
    static final int FAILED = -2;

    /** Bytes of a piece of an answer at the most. */
    static final int PIECE = 1 << 15;

    /** Characters of a message; the format of its bytes allows no more than a third of 64 kB. */
    static final int LONGEST_MESSAGE = 20_000;

    /** What the virtual machine ends with when its heap is full (-XX:+ExitOnOutOfMemoryError). */
    static final int EXIT_MEMORY = 3;

    static final int EXIT_STACK = 4;
    static final int EXIT_ERROR = 5;

    private Wire() {}
}
