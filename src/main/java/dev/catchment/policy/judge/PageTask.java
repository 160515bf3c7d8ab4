package dev.catchment.policy.judge;

import dev.catchment.policy.judge.PageReader.Answer;
import dev.catchment.policy.judge.PageReader.Question;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Verdict;
import dev.catchment.policy.text.PdfText;
import dev.catchment.reader.ReaderTask;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes a text of a page or PDF, in a reader. */
public final class PageTask implements ReaderTask {
    @Override
    public void answer(byte[] question, DataOutputStream answer) throws IOException {
        int length = ByteBuffer.wrap(question).getInt();
        Question asked = PageReader.JSON.readValue(question, Integer.BYTES, length, Question.class);
        byte[] body = Arrays.copyOfRange(question, Integer.BYTES + length, question.length);
        if (asked.fonts() != null) {
            System.setProperty("pdfbox.fontcache", asked.fonts());
        }
        answer.write(PageReader.JSON.writeValueAsBytes(answer(asked, body)));
    }

    private static Answer answer(Question asked, byte[] body) {
        Fetched page = new Fetched(
                URI.create(asked.requested()), URI.create(asked.answered()), asked.status(), asked.headers(), body);
        Verdict verdict = Judge.read(page, asked.expected(), new PdfText(asked.maxPages()));
        int characters = verdict.hasText() ? verdict.text().text().length() : 0;
        return characters > asked.maxText()
                ? new Answer(
                        FetchOutcome.OVERSIZE, "characters=%d most=%d".formatted(characters, asked.maxText()), null)
                : new Answer(verdict.outcome(), verdict.detail(), verdict.text());
    }
}
