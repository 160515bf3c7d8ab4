package dev.catchment.policy;

import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/**
 * A PDF as text, page by page.
 *
 * @param maxPages of a PDF that is read; one with more is refused whole, half a text would look like a deletion
 * @param longest time that reading it, or a page, may take
 */
public record PdfText(int maxPages, Duration longest) {
    /** Bytes within which the mark of the end has to be: ISO 32000-1, annex H, note 18. */
    private static final int END = 1024;

    /** What a form of Adobe's XFA shows to programs that cannot show it. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?is)^\\s*please wait\\s*\\.\\.\\..*if this message is not eventually replaced.*");

    /** @throws Unreadable if there is no text that everybody may read */
    public Normalised of(byte[] pdf, Rules rules) throws Unreadable {
        if (!end(pdf).contains("%%EOF")) {
            // The parser would mend it, and what is missing would look deleted.
            throw new Unreadable(FetchOutcome.BROKEN, "It ends before its end.");
        }
        String text = CleanText.of(PdfLines.of(read(pdf)));
        if (text.isBlank()) {
            throw new Unreadable(FetchOutcome.SCANNED, "");
        }
        if (PLACEHOLDER.matcher(text).matches()) {
            throw new Unreadable(FetchOutcome.DYNAMIC_FORM, "");
        }
        return Normalised.of(text, List.of(), rules);
    }

    private static String end(byte[] pdf) {
        return new String(pdf, Math.max(0, pdf.length - END), Math.min(END, pdf.length), StandardCharsets.ISO_8859_1);
    }

    /** A crafted file can make the parser do anything but return; only what befalls the whole process is passed on. */
    private List<String> read(byte[] pdf) throws Unreadable {
        FutureTask<List<String>> reading = new FutureTask<>(() -> pages(pdf));
        reading.run();
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("The text is not wanted any more.");
        } catch (ExecutionException e) {
            throw unreadable(e.getCause());
        }
    }

    private static Unreadable unreadable(Throwable cause) {
        if (cause instanceof Unreadable unreadable) {
            return unreadable;
        }
        if (cause instanceof InvalidPasswordException) {
            return new Unreadable(FetchOutcome.ENCRYPTED, "");
        }
        if (cause instanceof Error error && !(cause instanceof StackOverflowError)) {
            throw error;
        }
        return new Unreadable(FetchOutcome.BROKEN, cause.toString());
    }

    /** What is encrypted with the empty password opens by itself, as in every reader. */
    private List<String> pages(byte[] pdf) throws IOException, Unreadable {
        try (PDDocument document = Loader.loadPDF(pdf, "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            AccessPermission may = document.getCurrentAccessPermission();
            if (!may.canExtractContent() && !may.canExtractForAccessibility()) {
                throw new Unreadable(FetchOutcome.ENCRYPTED, "Its owner allows no reading aloud.");
            }
            if (document.getNumberOfPages() > maxPages) {
                throw new Unreadable(FetchOutcome.TOO_MANY_PAGES, "pages=" + document.getNumberOfPages());
            }
            return PdfPages.of(document);
        }
    }
}
