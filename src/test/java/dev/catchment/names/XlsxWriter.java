package dev.catchment.names;

import dev.catchment.names.XlsWriter.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.reader.CellAddress;

/** Writes an .xlsx: the least of its parts that a reader asks for. */
public final class XlsxWriter implements AutoCloseable {
    private static final String OPEN = "http://schemas.openxmlformats.org/";
    private static final String TYPES = "<Types><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\""
            + "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>";

    private final ZipOutputStream zip;
    private final List<String> texts = new ArrayList<>();

    private XlsxWriter(Path path) throws IOException {
        this.zip = new ZipOutputStream(Files.newOutputStream(path));
    }

    public static Path write(Path path, Page... pages) throws IOException {
        try (XlsxWriter writer = new XlsxWriter(path)) {
            writer.index(List.of(pages));
            for (int i = 0; i < pages.length; i++) {
                writer.sheet(i + 1, writer.rows(pages[i].rows()), 1);
            }
        }
        return path;
    }

    /**
     * One sheet, S, given as XML: for what no honest writer writes.
     *
     * @param times how often the rows are repeated
     */
    public static Path writeXml(Path path, String rows, int times) throws IOException {
        try (XlsxWriter writer = new XlsxWriter(path)) {
            writer.index(List.of(new Page("S", "")));
            writer.sheet(1, rows, times);
        }
        return path;
    }

    private void index(List<Page> pages) throws IOException {
        StringBuilder sheets = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        for (int i = 1; i <= pages.size(); i++) {
            String name = escape(pages.get(i - 1).name());
            sheets.append("<sheet name=\"%s\" sheetId=\"%d\" r:id=\"r%d\"/>".formatted(name, i, i));
            relations.append("<Relationship Id=\"r%d\" Target=\"worksheets/sheet%d.xml\"/>".formatted(i, i));
        }
        put("[Content_Types].xml", TYPES);
        put("xl/workbook.xml", """
                <workbook xmlns="%sspreadsheetml/2006/main" xmlns:r="%sofficeDocument/2006/relationships">\
                <sheets>%s</sheets></workbook>""".formatted(OPEN, OPEN, sheets));
        put("xl/_rels/workbook.xml.rels", "<Relationships>%s</Relationships>".formatted(relations));
    }

    private void sheet(int number, String rows, int times) throws IOException {
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet" + number + ".xml"));
        zip.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
        byte[] once = rows.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < times; i++) {
            zip.write(once);
        }
        zip.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(StandardCharsets.UTF_8));
    }

    private String rows(String text) {
        StringBuilder rows = new StringBuilder();
        List<String> lines = text.lines().toList();
        for (int i = 1; i <= lines.size(); i++) {
            String[] cells = lines.get(i - 1).split("\\|");
            rows.append("<row r=\"%d\">".formatted(i));
            for (int column = 0; column < cells.length; column++) {
                rows.append(cell(cells[column].strip(), CellAddress.convertNumToColString(column) + i));
            }
            rows.append("</row>");
        }
        return rows.toString();
    }

    private String cell(String text, String at) {
        if (text.isEmpty()) {
            return "<c r=\"%s\" s=\"1\"/>".formatted(at);
        }
        if (XlsWriter.isNumber(text)) {
            return "<c r=\"%s\"><v>%s</v></c>".formatted(at, text);
        }
        if (XlsWriter.isTruth(text)) {
            return "<c r=\"%s\" t=\"b\"><v>%d</v></c>".formatted(at, text.equals("TRUE") ? 1 : 0);
        }
        texts.add("<si><t>%s</t></si>".formatted(escape(XlsWriter.plain(text))));
        return "<c r=\"%s\" t=\"s\"><v>%d</v></c>".formatted(at, texts.size() - 1);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    @Override
    public void close() throws IOException {
        put("xl/sharedStrings.xml", "<sst>" + String.join("", texts) + "</sst>");
        zip.close();
    }
}
