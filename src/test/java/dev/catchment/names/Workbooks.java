package dev.catchment.names;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;

/** Workbooks written from text, and what a format says of them. */
final class Workbooks {
    private Workbooks() {}

    /**
     * A sheet to be written: a line a row, {@code |} between cells. Digits are a number, TRUE and FALSE a truth value,
     * nothing is no cell; {@code '} before them makes them text.
     */
    record Page(String name, String rows) {}

    static NamesFile file(Path path, Hints hints) throws IOException {
        return new NamesFile(path, path.getFileName().toString(), hints, List.of(), Workbook.open(path));
    }

    static NamesFile xlsx(Path folder, String name, Page... pages) throws IOException {
        return file(XlsxWriter.write(folder.resolve(name), pages), Hints.NONE);
    }

    static NamesFile xls(Path folder, String name, Page... pages) throws IOException {
        return file(writeXls(folder.resolve(name), pages), Hints.NONE);
    }

    static Path writeXls(Path path, Page... pages) throws IOException {
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

    /** What a format says of a file it must recognise as exactly one publication. */
    static List<Entry> read(Format format, NamesFile file) throws IOException {
        List<Publication> publications = format.recognise(file);
        if (publications.size() != 1) {
            throw new AssertionError("recognised as " + publications);
        }
        try (Stream<Entry> entries = format.read(file, publications.get(0))) {
            return entries.toList();
        }
    }

    /** Figures as {@code 1997 M Matthew 410}. */
    static List<String> figures(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Figure.class::isInstance)
                .map(Entry.Figure.class::cast)
                .map(f -> f.year() + " " + f.gender() + " " + f.name() + " " + f.count())
                .toList();
    }

    static Map<Entry.Passed, Long> passed(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Passed.class::isInstance)
                .map(Entry.Passed.class::cast)
                .collect(Collectors.groupingBy(e -> e, Collectors.counting()));
    }
}
