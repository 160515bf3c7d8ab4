package dev.catchment.names.reading;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How entries are written by a reader, and read where it was asked. */
final class EntryWire {
    /** Entries after which is said how far the file is read. */
    static final int BATCH = 1_000;

    static final int READ = 0;
    private static final int FIGURE = 1;
    private static final int UNUSABLE = 2;
    /** And those after it, by their order. */
    private static final int PASSED = 3;

    private EntryWire() {}

    static void write(FileEntry entry, DataOutputStream out) throws IOException {
        if (entry instanceof FileEntry.Figure figure) {
            out.writeByte(FIGURE);
            out.writeShort(figure.year());
            out.writeByte(figure.gender().ordinal());
            out.writeUTF(figure.name());
            out.writeInt(figure.count());
            out.writeUTF(figure.position());
        } else if (entry instanceof FileEntry.Unusable unusable) {
            out.writeByte(UNUSABLE);
            out.writeUTF(unusable.position());
            out.writeUTF(unusable.reason());
            out.writeUTF(unusable.message());
            out.writeUTF(unusable.record());
        } else {
            out.writeByte(PASSED + ((FileEntry.Passed) entry).ordinal());
        }
    }

    /** How many bytes were read of the file. */
    static void write(long read, DataOutputStream out) throws IOException {
        out.writeByte(READ);
        out.writeLong(read);
    }

    /** @param what its first byte, if that is not {@link #READ} */
    static FileEntry read(int what, DataInputStream in) throws IOException {
        return switch (what) {
            case FIGURE ->
                new FileEntry.Figure(
                        in.readShort(), Gender.values()[in.readByte()], in.readUTF(), in.readInt(), in.readUTF());
            case UNUSABLE -> new FileEntry.Unusable(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
            default -> FileEntry.Passed.values()[what - PASSED];
        };
    }
}
