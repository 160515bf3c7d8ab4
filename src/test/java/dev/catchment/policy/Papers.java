package dev.catchment.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
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
public final class Papers {
    private static final PDFont FONT = new PDType1Font(FontName.HELVETICA);

    private Papers() {}

    /** @param pages with a line feed between two lines */
    public static byte[] of(String... pages) {
        return saved(document(pages));
    }

    public static byte[] encrypted(String userPassword, AccessPermission may, String... pages) {
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
    public static byte[] watermarked(String page, String word) {
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

    /** A page whose one text is packed so well that the file is small, whatever it grows to. */
    static byte[] packed(String words, int times) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(stream, new Deflater(9), 1 << 16)) {
            out.write("BT /F1 12 Tf 50 700 Td (".getBytes(StandardCharsets.US_ASCII));
            byte[] once = words.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < times; i++) {
                out.write(once);
            }
            out.write(") Tj ET".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pdf.writeBytes("""
                %%PDF-1.4
                1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
                2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
                5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
                4 0 obj<</Length %d/Filter/FlateDecode>>stream
                """.formatted(stream.size()).getBytes(StandardCharsets.US_ASCII));
        pdf.writeBytes(stream.toByteArray());
        pdf.writeBytes("\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
                .getBytes(StandardCharsets.US_ASCII));
        return pdf.toByteArray();
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
