package dev.catchment.policy.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/**
 * Reads the text of each page by its place on it, since the order within the file changes whenever it is saved. What is
 * printed across a page, such as the word draft, would lie between the letters of the text then: it is read by itself.
 */
final class PdfPages extends PDFTextStripper {
    /** Points; the headings of forms have 14, their watermarks 72. */
    private static final float LARGE = 36;

    private final boolean isAcross;
    private boolean hasLeftOut;

    private PdfPages(boolean isAcross) {
        this.isAcross = isAcross;
        setSortByPosition(!isAcross); // oblique letters have no line to be sorted by
        setLineSeparator("\n");
    }

    /** @return the pages, and as the last one what is printed across them, each line once */
    static List<String> of(PDDocument document) throws IOException {
        List<String> pages = new ArrayList<>();
        Set<String> acrossAll = new LinkedHashSet<>();
        PdfPages text = new PdfPages(false);
        PdfPages across = new PdfPages(true);
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
            pages.add(text.page(document, page));
            if (text.hasLeftOut) {
                across.page(document, page).lines().forEach(acrossAll::add);
            }
        }
        pages.add(String.join("\n", acrossAll));
        return pages;
    }

    private String page(PDDocument document, int page) throws IOException {
        hasLeftOut = false;
        setStartPage(page);
        setEndPage(page);
        return getText(document);
    }

    @Override
    protected void processTextPosition(TextPosition letter) {
        if (isAcross(letter) == isAcross) {
            super.processTextPosition(letter);
        } else {
            hasLeftOut = true;
        }
    }

    private static boolean isAcross(TextPosition letter) {
        Matrix matrix = letter.getTextMatrix();
        long angle = Math.round(Math.toDegrees(Math.atan2(matrix.getShearY(), matrix.getScaleY())));
        return angle % 90 != 0 || letter.getFontSizeInPt() >= LARGE;
    }
}
