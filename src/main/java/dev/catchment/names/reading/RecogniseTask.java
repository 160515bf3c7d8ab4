package dev.catchment.names.reading;

import dev.catchment.names.publisher.Formats;
import dev.catchment.reader.ReaderTask;
import java.io.DataOutputStream;
import java.io.IOException;

/** Tells what a published file is, in a reader. */
public final class RecogniseTask implements ReaderTask {
    @Override
    public void answer(byte[] question, DataOutputStream answer) throws IOException {
        FileReader.Question asked = FileReader.JSON.readValue(question, FileReader.Question.class);
        answer.write(FileReader.JSON.writeValueAsBytes(new Formats().recognise(asked.open())));
    }
}
