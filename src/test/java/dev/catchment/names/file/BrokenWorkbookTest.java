package dev.catchment.names.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.XlsWriter;
import dev.catchment.names.XlsWriter.Page;
import dev.catchment.names.XlsxWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenWorkbookTest {
    private static final Page PAGE = new Page("Sheet", "Name | Count\nJACK | 10779");

    @TempDir
    private Path folder;

    @Test
    void an_encrypted_workbook_is_refused_with_words() throws IOException {
        Path old = folder.resolve("old.xls");
        Biff8EncryptionKey.setCurrentUserPassword("secret");
        try {
            XlsWriter.write(old, PAGE);
        } finally {
            Biff8EncryptionKey.setCurrentUserPassword(null);
        }
        assertRefused(old, "encrypted");
        Path packed = folder.resolve("packed.xlsx");
        try (POIFSFileSystem files = new POIFSFileSystem();
                OutputStream out = Files.newOutputStream(packed)) {
            files.createDocument(new ByteArrayInputStream(new byte[100]), "EncryptedPackage");
            files.writeFilesystem(out);
        }
        assertRefused(packed, "encrypted");
    }

    @Test
    void what_is_no_workbook_is_refused_with_words() throws IOException {
        Path word = folder.resolve("letter.xls");
        try (POIFSFileSystem files = new POIFSFileSystem();
                OutputStream out = Files.newOutputStream(word)) {
            files.createDocument(new ByteArrayInputStream(new byte[100]), "WordDocument");
            files.writeFilesystem(out);
        }
        assertRefused(word, "not an Excel workbook");
    }

    @Test
    void a_broken_workbook_is_refused_and_not_half_read() throws IOException {
        Path old = XlsWriter.write(folder.resolve("old.xls"), PAGE);
        Files.write(old, Arrays.copyOf(Files.readAllBytes(old), 1_500));
        assertRefused(old, "broken");
        Path cut = XlsxWriter.write(folder.resolve("cut.xlsx"), PAGE);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 700));
        assertRefused(cut, "zip is broken");
        Path xml = XlsxWriter.writeXml(
                folder.resolve("xml.xlsx"), "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=", 1);
        assertThatThrownBy(() -> WorkbookTest.rows(xml))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("sheet S");
    }

    @Test
    void bytes_that_are_no_sheet_are_refused_wherever_they_are() throws IOException {
        Path header =
                Files.write(folder.resolve("header.xls"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
        assertRefused(header, "broken in its list of sheets");
        Path list = folder.resolve("list.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(list))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("no xml".getBytes(StandardCharsets.UTF_8));
        }
        assertRefused(list, "broken in its list of sheets");
        assertThatThrownBy(() -> WorkbookTest.rows(folder.resolve("absent.xlsx")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static void assertRefused(Path path, String words) {
        assertThatThrownBy(() -> WorkbookTest.rows(path))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(words);
    }
}
