package dev.catchment.policy.text;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.page.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
 */
public record PdfText(int maxPages) {
    /** Bytes within which the mark of the end has to be: ISO 32000-1, annex H, note 18. */
    private static final int END = 1024;

    /** What a form of Adobe's XFA shows to programs that cannot show it. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?is)^\\s*please wait\\s*\\.\\.\\..*if this message is not eventually replaced.*");

    /** @throws Unreadable if there is no text that everybody may read */
    public PageText of(byte[] pdf, Rules rules) throws Unreadable {
        if (!end(pdf).contains("%%EOF")) {
            // The parser would mend it, and what is missing would look deleted.
            throw new Unreadable(FetchOutcome.BROKEN, "It ends too early.");
        }
        String text = CleanText.of(PdfLines.of(read(pdf)));
        if (text.isBlank()) {
            throw new Unreadable(FetchOutcome.SCANNED, "");
        }
        if (PLACEHOLDER.matcher(text).matches()) {
            throw new Unreadable(FetchOutcome.DYNAMIC_FORM, "");
        }
        return PageText.of(text, List.of(), rules);
    }

    private static String end(byte[] pdf) {
        return new String(pdf, Math.max(0, pdf.length - END), Math.min(END, pdf.length), StandardCharsets.ISO_8859_1);
    }

    /** A crafted file can make the parser throw anything. */
    private List<String> read(byte[] pdf) throws Unreadable {
        try {
            return pages(pdf);
        } catch (InvalidPasswordException e) {
            throw new Unreadable(FetchOutcome.ENCRYPTED, "");
        } catch (IOException | RuntimeException e) {
            throw new Unreadable(FetchOutcome.BROKEN, e.toString());
        }
    }

    /** What is encrypted with the empty password opens by itself, as in every reader. Nothing is unpacked onto a disk. */
    private List<String> pages(byte[] pdf) throws IOException, Unreadable {
        try (PDDocument document = Loader.loadPDF(pdf, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
            AccessPermission may = document.getCurrentAccessPermission();
            if (!may.canExtractContent() && !may.canExtractForAccessibility()) {
                throw new Unreadable(FetchOutcome.ENCRYPTED, "Its owner does not permit text extraction.");
            }
            if (document.getNumberOfPages() > maxPages) {
                throw new Unreadable(FetchOutcome.TOO_MANY_PAGES, "pages=" + document.getNumberOfPages());
            }
            return PdfPages.of(document);
        }
    }
}
