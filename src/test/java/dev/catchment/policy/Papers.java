package dev.catchment.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.util.Matrix;

/** PDFs made by hand: pages of lines. */
final class Papers {
    private static final PDFont FONT = new PDType1Font(FontName.HELVETICA);

    private Papers() {}

    /** @param pages with a line feed between two lines */
    static byte[] of(String... pages) {
        return saved(document(pages));
    }

    static byte[] encrypted(String userPassword, AccessPermission may, String... pages) {
        PDDocument document = document(pages);
        try {
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", userPassword, may);
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return saved(document);
    }

    /** A page of lines with a word across it, its letters between theirs. */
    static byte[] watermarked(String page, String word) {
        PDDocument document = document(page);
        try (PDPageContentStream content =
                new PDPageContentStream(document, document.getPage(0), PDPageContentStream.AppendMode.APPEND, true)) {
            content.beginText();
            content.setFont(FONT, 30);
            content.setTextMatrix(Matrix.getRotateInstance(Math.PI / 4, 60, 680));
            content.showText(word);
            content.endText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return saved(document);
    }

    private static PDDocument document(String... pages) {
        PDDocument document = new PDDocument();
        try {
            for (String page : pages) {
                write(document, page);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return document;
    }

    private static void write(PDDocument document, String lines) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(FONT, 11);
            content.setLeading(14);
            content.newLineAtOffset(50, 740);
            for (String line : lines.split("\n")) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    private static byte[] saved(PDDocument document) {
        try (document) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
