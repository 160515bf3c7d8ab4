package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FilePassRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** A workbook of Excel 97 to 2003: records (BIFF8) in a compound file, read as a stream. */
final class Xls {
    /** Its texts are held in memory. The largest seen has 1.5 MB; 65,536 rows and 256 columns are all it could have. */
    private static final long MOST_BYTES = 32L << 20;

    private Xls() {}

    static List<Sheet> open(Path path) throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new PermanentFailure("The workbook has " + Files.size(path) + " bytes, at most " + MOST_BYTES
                    + " are read of an .xls. Save it as .xlsx.");
        }
        try (POIFSFileSystem files = new POIFSFileSystem(path.toFile(), true)) {
            return sheets(path, stream(files.getRoot()), files);
        } catch (EncryptedDocumentException e) {
            throw encrypted();
        }
    }

    private static String stream(DirectoryNode root) {
        if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
            throw encrypted();
        }
        if (root.hasEntry("Book")) {
            throw new PermanentFailure("The workbook is of Excel 5 or 95, which is not read. Save it as .xlsx.");
        }
        return Stream.of("Workbook", "WORKBOOK", "BOOK")
                .filter(root::hasEntry)
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("This is an Office document, but not an Excel workbook."));
    }

    private static List<Sheet> sheets(Path path, String stream, POIFSFileSystem files) throws IOException {
        RecordFactoryInputStream records = new RecordFactoryInputStream(files.createDocumentInputStream(stream), false);
        List<BoundSheetRecord> bound = new ArrayList<>();
        List<String> texts = List.of();
        for (Record record = records.nextRecord();
                !(record == null || record instanceof EOFRecord);
                record = records.nextRecord()) {
            if (record instanceof FilePassRecord) {
                throw encrypted();
            } else if (record instanceof BoundSheetRecord sheet) {
                bound.add(sheet);
            } else if (record instanceof SSTRecord sst) {
                texts = texts(sst);
            }
        }
        List<String> all = texts;
        return bound.stream()
                .<Sheet>map(sheet -> new LazySheet(sheet.getSheetname(), () -> XlsRows.open(path, stream, sheet, all)))
                .toList();
    }

    private static List<String> texts(SSTRecord sst) {
        return IntStream.range(0, sst.getNumUniqueStrings())
                .mapToObj(i -> Cells.text(sst.getString(i).getString()))
                .toList();
    }

    private static PermanentFailure encrypted() {
        return new PermanentFailure("The workbook is encrypted. Save it without a password.");
    }
}
