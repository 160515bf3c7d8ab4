package dev.catchment.reader;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An answer on its way to whoever asked, in pieces that each say their length. */
final class Pieces extends OutputStream {
    private final DataOutputStream out;
    private final byte[] piece = new byte[Wire.PIECE];
    private int length;

    Pieces(DataOutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (length == piece.length) {
            flush();
        }
        piece[length++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        for (int left = count; left > 0; ) {
            if (length == piece.length) {
                flush();
            }
            int now = Math.min(left, piece.length - length);
            System.arraycopy(bytes, at, piece, length, now);
            length += now;
            at += now;
            left -= now;
        }
    }

    @Override
    public void flush() throws IOException {
        if (length > 0) {
            out.writeInt(length);
            out.write(piece, 0, length);
            length = 0;
        }
        out.flush();
    }

    void end() throws IOException {
        flush();
        out.writeInt(Wire.END);
        out.flush();
    }

    void say(int how, String message) throws IOException {
        flush();
        out.writeInt(how);
        out.writeUTF(message.substring(0, Math.min(message.length(), Wire.LONGEST_MESSAGE)));
        out.flush();
    }
}
