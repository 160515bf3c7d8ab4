package dev.catchment.names.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.stream.StreamSupport;

/** The start of a text: enough to tell which table it is. */
record TextHead(char delimiter, List<Row> rows) {
    private static final int CHARACTERS = 1 << 16;
    private static final int ROWS = 40;

    static TextHead of(String name, Reader reader) throws IOException {
        char[] start = new char[CHARACTERS];
        int length = 0;
        for (int read = 0; read >= 0 && length < CHARACTERS; length += Math.max(read, 0)) {
            read = reader.read(start, length, CHARACTERS - length);
        }
        String text = whole(new String(start, 0, length), length == CHARACTERS);
        char delimiter = delimiter(text);
        BufferedReader again = new BufferedReader(new StringReader(text));
        // An open quote, as in a file of footnotes, must not keep the head from being looked at.
        QuotedRows rows = new QuotedRows(
                name,
                again,
                QuotedRows.format(delimiter).builder().setLenientEof(true).get());
        return new TextHead(
                delimiter,
                StreamSupport.stream(rows, false)
                        .filter(row -> !row.isBlank())
                        .limit(ROWS)
                        .toList());
    }

    /** Without the line that was cut off. */
    private static String whole(String text, boolean cut) {
        int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
        return cut && end > 0 ? text.substring(0, end) : text;
    }

    /** The one of comma, semicolon and tab that stands most often outside quotes. */
    private static char delimiter(String text) {
        int[] found = new int[128];
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && c < found.length) {
                found[c]++;
            }
        }
        char most = found[';'] > found[','] ? ';' : ',';
        return found['\t'] > found[most] ? '\t' : most;
    }
}
