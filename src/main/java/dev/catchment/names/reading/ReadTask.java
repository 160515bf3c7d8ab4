package dev.catchment.names.reading;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.publisher.Formats;
import dev.catchment.reader.ReaderTask;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/** Says what stands in a published file, in a reader, entry by entry. */
public final class ReadTask implements ReaderTask {
    @Override
    public void answer(byte[] question, DataOutputStream answer) throws IOException {
        FileReader.Question asked = FileReader.JSON.readValue(question, FileReader.Question.class);
        NamesFile file = asked.open();
        answer.writeLong(file.bytes());
        try (Stream<FileEntry> entries =
                new Formats().named(asked.publication().format()).read(file, asked.publication())) {
            Iterator<FileEntry> each = entries.iterator();
            for (int i = 1; each.hasNext(); i++) {
                EntryWire.write(each.next(), answer);
                if (i % EntryWire.BATCH == 0) {
                    EntryWire.write(file.bytesRead(), answer);
                    answer.flush();
                }
            }
        }
    }
}
