package dev.catchment.names;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.dhatim.fastexcel.reader.CellAddress;

/**
 * Writes workbooks from text: a line a row, {@code |} between cells. Digits are a number, TRUE and FALSE a truth value,
 * nothing is no cell; {@code '} before them makes them text.
 */
final class Workbooks {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

    private static final String TYPES = "<Types><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\""
            + "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>";

    private Workbooks() {}

    /** A sheet of a workbook to be written. */
    record Page(String name, String rows) {}

    static NamesFile file(Path path, Hints hints) throws IOException {
        return new NamesFile(path, path.getFileName().toString(), hints, List.of(), Workbook.open(path));
    }

    static NamesFile xlsx(Path folder, String name, Page... pages) throws IOException {
        return file(writeXlsx(folder.resolve(name), pages), Hints.NONE);
    }

    static NamesFile xls(Path folder, String name, Page... pages) throws IOException {
        return file(writeXls(folder.resolve(name), pages), Hints.NONE);
    }

    static Path writeXlsx(Path path, Page... pages) throws IOException {
        StringBuilder sheets = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        StringBuilder texts = new StringBuilder();
        for (int i = 1; i <= pages.length; i++) {
            sheets.append(
                    "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"r%d\"/>".formatted(escape(pages[i - 1].name()), i, i));
            relations.append("<Relationship Id=\"r%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
                    .formatted(i, RELATIONS, i));
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            put(zip, "[Content_Types].xml", TYPES);
            put(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets>%s</sheets></workbook>"
                            .formatted(MAIN, RELATIONS, sheets));
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"%s\">%s</Relationships>".formatted(PACKAGE, relations));
            for (int i = 1; i <= pages.length; i++) {
                put(zip, "xl/worksheets/sheet" + i + ".xml", sheet(pages[i - 1].rows(), texts));
            }
            put(zip, "xl/sharedStrings.xml", "<sst xmlns=\"%s\">%s</sst>".formatted(MAIN, texts));
        }
        return path;
    }

    static void put(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String sheet(String text, StringBuilder texts) {
        StringBuilder rows = new StringBuilder();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            rows.append("<row r=\"%d\">".formatted(i + 1));
            String[] cells = lines.get(i).split("\\|");
            for (int column = 0; column < cells.length; column++) {
                rows.append(cell(cells[column].strip(), column, i + 1, texts));
            }
            rows.append("</row>");
        }
        return "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows);
    }

    private static String cell(String text, int column, int row, StringBuilder texts) {
        String reference = CellAddress.convertNumToColString(column) + row;
        if (text.isEmpty()) {
            return "<c r=\"%s\" s=\"1\"/>".formatted(reference);
        }
        if (text.matches("-?[0-9.]*[0-9]")) {
            return "<c r=\"%s\"><v>%s</v></c>".formatted(reference, text);
        }
        if (isTruth(text)) {
            return "<c r=\"%s\" t=\"b\"><v>%d</v></c>".formatted(reference, text.equals("TRUE") ? 1 : 0);
        }
        int index = texts.toString().split("<si>").length - 1;
        texts.append("<si><t xml:space=\"preserve\">%s</t></si>".formatted(escape(plain(text))));
        return "<c r=\"%s\" t=\"s\"><v>%d</v></c>".formatted(reference, index);
    }

    static Path writeXls(Path path, Page... pages) throws IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                OutputStream out = Files.newOutputStream(path)) {
            for (Page page : pages) {
                HSSFSheet sheet = workbook.createSheet(page.name());
                List<String> lines = page.rows().lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    String[] cells = lines.get(i).split("\\|");
                    for (int column = 0; column < cells.length; column++) {
                        HSSFCell cell =
                                (sheet.getRow(i) == null ? sheet.createRow(i) : sheet.getRow(i)).createCell(column);
                        fill(cell, cells[column].strip());
                    }
                }
            }
            workbook.write(out);
        }
        return path;
    }

    private static void fill(HSSFCell cell, String text) {
        if (text.matches("-?[0-9.]*[0-9]")) {
            cell.setCellValue(Double.parseDouble(text));
        } else if (isTruth(text)) {
            cell.setCellValue(text.equals("TRUE"));
        } else if (!text.isEmpty()) {
            cell.setCellValue(plain(text));
        }
    }

    private static boolean isTruth(String text) {
        return text.equals("TRUE") || text.equals("FALSE");
    }

    private static String plain(String text) {
        return text.startsWith("'") ? text.substring(1) : text;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
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
