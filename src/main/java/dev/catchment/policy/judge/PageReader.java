package dev.catchment.policy.judge;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.policy.diff.Diff;
import dev.catchment.policy.diff.DiffTask;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Unreadable;
import dev.catchment.policy.page.Verdict;
import dev.catchment.reader.ReaderAnswer;
import dev.catchment.reader.ReaderFailure;
import dev.catchment.reader.ReaderTask;
import dev.catchment.reader.Readers;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads pages and PDFs, and compares their texts, in processes of their own: what strangers wrote may fill any heap. */
public final class PageReader implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule().addDeserializer(Pattern.class, new LinePatterns()));

    /** Bytes of a text and its links, as JSON; of a diff, which holds two texts. */
    private static final int BYTES_PER_CHARACTER = 4;

    private final Readers readers;
    private final int maxPages;
    private final int maxText;
    private final Duration longest;

    /**
     * @param processes that read side by side
     * @param heap of each, in bytes
     * @param maxPages of a PDF
     * @param maxText characters of a text
     * @param timeout of reading one, in milliseconds
     * @param running when the process is told to stop, what is being read is dropped: a page is read again another day
     */
    public PageReader(int processes, long heap, int maxPages, int maxText, long timeout, ActiveRuns running) {
        this(processes, heap, maxPages, maxText, timeout);
        running.atClose(this::close);
    }

    public PageReader(int processes, long heap, int maxPages, int maxText, long timeout) {
        this.readers = new Readers(processes, heap);
        this.maxPages = maxPages;
        this.maxText = maxText;
        this.longest = Duration.ofMillis(timeout);
    }

    /**
     * A page to be read; its body follows.
     *
     * @param fonts where PDFBox keeps its list of fonts; null for its own place
     */
    record Question(
            String requested,
            String answered,
            int status,
            Map<String, String> headers,
            Expected expected,
            int maxPages,
            int maxText,
            String fonts) {}

    /** What was found; the text is null if it is none. */
    record Answer(FetchOutcome outcome, String detail, PageText text) {}

    /** As they were made: each line begins and ends for itself. */
    private static final class LinePatterns extends FromStringDeserializer<Pattern> {
        LinePatterns() {
            super(Pattern.class);
        }

        @Override
        protected Pattern _deserialize(
                String expression, com.fasterxml.jackson.databind.DeserializationContext context) {
            return Pattern.compile(expression, Pattern.MULTILINE);
        }
    }

    Verdict read(Fetched page, Expected expected) {
        Question question = new Question(
                page.requested().toString(),
                page.answered().toString(),
                page.status(),
                page.headers(),
                expected,
                maxPages,
                maxText,
                System.getProperty("pdfbox.fontcache"));
        try {
            byte[] json = JSON.writeValueAsBytes(question);
            byte[] said = ask(PageTask.class, length(json), json, page.body());
            Answer answer = JSON.readValue(said, Answer.class);
            return new Verdict(answer.outcome(), answer.detail(), null, answer.text());
        } catch (Unreadable e) {
            return Verdict.of(e.outcome(), e.detail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Unreadable if they differ so much that comparing them takes more than it may */
    public Diff diff(String before, String after) throws Unreadable {
        byte[] old = before.getBytes(StandardCharsets.UTF_8);
        byte[] now = after.getBytes(StandardCharsets.UTF_8);
        try {
            return DiffTask.answered(ask(DiffTask.class, length(old), old, now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] ask(Class<? extends ReaderTask> task, byte[]... question) throws Unreadable {
        long most = (long) maxText * BYTES_PER_CHARACTER * (task == DiffTask.class ? 2 : 1) + (1 << 20);
        try (ReaderAnswer answer = readers.ask(task, longest, most, question)) {
            return answer.readAllBytes();
        } catch (ReaderFailure e) {
            throw new Unreadable(outcome(e.kind()), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FetchOutcome outcome(ReaderFailure.Kind kind) {
        return switch (kind) {
            case MEMORY -> FetchOutcome.TOO_COMPLEX;
            case TIME -> FetchOutcome.TOO_SLOW;
            case SIZE -> FetchOutcome.OVERSIZE;
            case DIED -> FetchOutcome.READER_DIED;
        };
    }

    private static byte[] length(byte[] part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Integer.BYTES);
        new DataOutputStream(bytes).writeInt(part.length);
        return bytes.toByteArray();
    }

    /** Nothing is read any more; what is being read is given up. */
    @Override
    public void close() {
        readers.close();
    }
}
