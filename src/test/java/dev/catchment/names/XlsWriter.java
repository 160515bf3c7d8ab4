package dev.catchment.names;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;

/** Writes an .xls from text. */
public final class XlsWriter {
    private XlsWriter() {}

    /**
     * A sheet to be written: a line a row, {@code |} between cells. Digits are a number, TRUE and FALSE a truth value,
     * nothing is no cell; {@code '} before them makes them text.
     */
    public record Page(String name, String rows) {}

    public static Path write(Path path, Page... pages) throws IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                OutputStream out = Files.newOutputStream(path)) {
            for (Page page : pages) {
                HSSFSheet sheet = workbook.createSheet(page.name());
                for (String line : page.rows().lines().toList()) {
                    fill(sheet.createRow(sheet.getPhysicalNumberOfRows()), line.split("\\|"));
                }
            }
            workbook.write(out);
        }
        return path;
    }

    private static void fill(HSSFRow row, String... cells) {
        for (int column = 0; column < cells.length; column++) {
            HSSFCell cell = row.createCell(column);
            String text = cells[column].strip();
            if (isNumber(text)) {
                cell.setCellValue(Double.parseDouble(text));
            } else if (isTruth(text)) {
                cell.setCellValue(text.equals("TRUE"));
            } else if (!text.isEmpty()) {
                cell.setCellValue(plain(text));
            }
        }
    }

    static boolean isNumber(String text) {
        return text.matches("-?[0-9.]*[0-9]");
    }

    static boolean isTruth(String text) {
        return text.equals("TRUE") || text.equals("FALSE");
    }

    static String plain(String text) {
        return text.startsWith("'") ? text.substring(1) : text;
    }
}
