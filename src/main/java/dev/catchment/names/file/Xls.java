package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.OldExcelFormatException;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;

/** A workbook of Excel 97 to 2003: records (BIFF8) in a compound file, held in memory as a whole. */
final class Xls implements Sheet.Cursor {
    /** The largest seen has 1.5 MB, and takes less than 24 MB of heap; one of 11 MB takes 96. */
    private static final long MOST_BYTES = 8L << 20;

    private final String name;
    private final Iterator<org.apache.poi.ss.usermodel.Row> rows;

    private Xls(org.apache.poi.ss.usermodel.Sheet sheet) {
        this.name = sheet.getSheetName();
        this.rows = sheet.iterator();
    }

    static List<Sheet> open(Path path) throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new PermanentFailure("The workbook has " + Files.size(path) + " bytes, at most " + MOST_BYTES
                    + " are read of an .xls. Save it as .xlsx.");
        }
        try (POIFSFileSystem files = new POIFSFileSystem(path.toFile(), true)) {
            requireWorkbook(files.getRoot());
            try (HSSFWorkbook workbook = new HSSFWorkbook(files.getRoot(), false)) {
                return StreamSupport.stream(workbook.spliterator(), false)
                        .map(sheet -> new Sheet(sheet.getSheetName(), () -> new Xls(sheet)))
                        .toList();
            }
        } catch (EncryptedDocumentException e) {
            throw new PermanentFailure("The workbook is encrypted. Save it without a password.");
        } catch (OldExcelFormatException e) {
            throw new PermanentFailure("The workbook is of Excel 5 or 95, which is not read. Save it as .xlsx.");
        }
    }

    private static void requireWorkbook(DirectoryNode root) {
        try {
            HSSFWorkbook.getWorkbookDirEntryName(root);
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("This is an Office document, but not an Excel workbook.");
        }
    }

    @Override
    public Row next() {
        while (rows.hasNext()) {
            org.apache.poi.ss.usermodel.Row row = rows.next();
            Row.Draft draft = new Row.Draft(name + " row " + (row.getRowNum() + 1));
            row.forEach(cell -> draft.put(cell.getColumnIndex(), text(cell)));
            if (!draft.isEmpty()) {
                return draft.row();
            }
        }
        return null;
    }

    /** A formula says what it last came to; an error says so. */
    private static String text(Cell cell) {
        CellType type = cell.getCellType() == CellType.FORMULA ? cell.getCachedFormulaResultType() : cell.getCellType();
        return switch (type) {
            case STRING -> Cells.text(cell.getStringCellValue());
            case NUMERIC -> Cells.number(cell.getNumericCellValue());
            case BOOLEAN -> Cells.truth(cell.getBooleanCellValue());
            case ERROR -> FormulaError.forInt(cell.getErrorCellValue()).getString();
            default -> "";
        };
    }

    /** Its workbook is in memory, and its file is closed already. */
    @Override
    public void close() {}
}
