package dev.catchment.reader;

import dev.catchment.errors.PermanentFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The program of a reader. It answers one question after the other, from standard input to standard output. One thread
 * answers, another listens: the reader ends at once with whoever started it, even in the middle of an answer.
 */
public final class ReaderProcess {
    private final Pieces answer;

    private ReaderProcess(Pieces answer) {
        this.answer = answer;
    }

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), Wire.PIECE));
        System.setOut(System.err); // what a library prints is no answer
        out.writeInt(Wire.HELLO);
        out.flush();
        ReaderProcess reader = new ReaderProcess(new Pieces(out));
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            while (true) {
                String task = in.readUTF();
                byte[] question = new byte[in.readInt()];
                in.readFully(question);
                worker.execute(() -> reader.work(task, question));
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(0); // nobody asks any more
        }
    }

    /** After an error, be it of the stack, nobody can say what is left half done: the reader ends. */
    private void work(String task, byte[] question) {
        try {
            answer(task, question);
        } catch (StackOverflowError e) {
            Runtime.getRuntime().halt(Wire.EXIT_STACK);
        } catch (Throwable e) {
            Runtime.getRuntime().halt(Wire.EXIT_ERROR);
        }
    }

    private void answer(String task, byte[] question) throws IOException {
        try {
            DataOutputStream out = new DataOutputStream(answer);
            task(task).answer(question, out);
            out.flush();
            answer.end();
        } catch (PermanentFailure e) {
            answer.say(Wire.REFUSED, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | ReflectiveOperationException e) {
            StackTraceElement[] at = e.getStackTrace();
            answer.say(Wire.FAILED, e + (at.length == 0 ? "" : " at " + at[0]));
        }
    }

    private static ReaderTask task(String name) throws ReflectiveOperationException {
        try {
            return Class.forName(name)
                    .asSubclass(ReaderTask.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The task " + name + " cannot be made.", e);
        }
    }
}
