package dev.catchment.policy.diff;

import dev.catchment.reader.ReaderTask;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Compares two texts, in a reader: of a million lines each is an object. */
public final class DiffTask implements ReaderTask {
    @Override
    public void answer(byte[] question, DataOutputStream answer) throws IOException {
        int length = ByteBuffer.wrap(question).getInt();
        int after = Integer.BYTES + length;
        Diff diff = Diff.between(
                new String(question, Integer.BYTES, length, StandardCharsets.UTF_8),
                new String(question, after, question.length - after, StandardCharsets.UTF_8));
        answer.writeInt(diff.added());
        answer.writeInt(diff.removed());
        answer.writeBoolean(diff.isReplaced());
        answer.write(diff.unified().getBytes(StandardCharsets.UTF_8));
    }

    public static Diff answered(byte[] answer) {
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        int added = bytes.getInt();
        int removed = bytes.getInt();
        boolean isReplaced = bytes.get() != 0;
        String unified = new String(answer, bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
        return new Diff(unified, added, removed, isReplaced);
    }
}
