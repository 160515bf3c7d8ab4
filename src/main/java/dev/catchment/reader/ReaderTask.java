package dev.catchment.reader;

import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Work on what a stranger wrote. It is done in a reader, a process of its own, which finds it by the name of its class
 * and makes it anew for each question: it has a constructor without parameters.
 */
public interface ReaderTask {
    /**
     * Answers. A {@link dev.catchment.errors.PermanentFailure} is thrown again where the question was asked.
     *
     * @param question as whoever asked wrote it
     * @param answer is on its way once it is flushed, or when a piece of it is full
     */
    void answer(byte[] question, DataOutputStream answer) throws IOException;
}
