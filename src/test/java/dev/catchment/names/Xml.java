package dev.catchment.names;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** An .xlsx whose one sheet, S, is given as XML: for what no honest writer writes. */
final class Xml {
    private Xml() {}

    static Path workbook(Path folder, String rows) throws IOException {
        return workbook(folder, rows, 1);
    }

    /** @param times how often the rows are repeated */
    static Path workbook(Path folder, String rows, int times) throws IOException {
        Path path = Files.createTempFile(folder, "xml", ".xlsx");
        Path honest = Workbooks.writeXlsx(folder.resolve("honest.xlsx"), new Workbooks.Page("S", "a"));
        try (ZipFile from = new ZipFile(honest.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(path))) {
            for (String part : new String[] {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}) {
                to.putNextEntry(new ZipEntry(part));
                from.getInputStream(from.getEntry(part)).transferTo(to);
                to.closeEntry();
            }
            to.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] repeated = rows.getBytes(StandardCharsets.UTF_8);
            to.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times; i++) {
                to.write(repeated);
            }
            to.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
            to.closeEntry();
        }
        return path;
    }
}
