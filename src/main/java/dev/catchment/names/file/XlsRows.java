package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.FormulaError;

/** The rows of one sheet of an .xls: its cells follow one another, row by row. */
final class XlsRows implements SheetCursor {
    private final POIFSFileSystem files;
    private final RecordFactoryInputStream records;
    private final String name;
    private final List<String> texts;
    /** A chart is a substream within the sheet's, and keeps cells of its own. */
    private int depth;
    /** The first cell of the next row; null before the first and after the last. */
    private CellValueRecordInterface ahead;

    private XlsRows(POIFSFileSystem files, String stream, BoundSheetRecord sheet, List<String> texts)
            throws IOException {
        this.files = files;
        this.name = sheet.getSheetname();
        this.texts = texts;
        DocumentInputStream in = files.createDocumentInputStream(stream);
        in.skipNBytes(sheet.getPositionOfBof());
        this.records = new RecordFactoryInputStream(in, false);
        this.ahead = nextCell(new RowDraft(name));
    }

    static SheetCursor open(Path path, String stream, BoundSheetRecord sheet, List<String> texts) throws IOException {
        POIFSFileSystem files = new POIFSFileSystem(path.toFile(), true);
        try {
            return new XlsRows(files, stream, sheet, texts);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    @Override
    public Row next() {
        while (ahead != null) {
            RowDraft draft = rowOf(ahead);
            if (!draft.isEmpty()) {
                return draft.row();
            }
        }
        return null;
    }

    private RowDraft rowOf(CellValueRecordInterface first) {
        RowDraft draft = new RowDraft(name + " row " + (first.getRow() + 1));
        while (ahead != null && ahead.getRow() == first.getRow()) {
            draft.put(ahead.getColumn(), text(ahead));
            ahead = nextCell(draft);
        }
        if (ahead != null && ahead.getRow() < first.getRow()) {
            throw new PermanentFailure("The rows of sheet " + name + " are not in order. Save it again in Excel.");
        }
        return draft;
    }

    /** @param draft the row read so far: the text a formula came to follows its cell */
    private CellValueRecordInterface nextCell(RowDraft draft) {
        int formula = ahead == null ? 0 : ahead.getColumn();
        for (Record record = records.nextRecord(); record != null; record = records.nextRecord()) {
            if (record instanceof BOFRecord) {
                depth++;
            } else if (record instanceof EOFRecord && --depth == 0) {
                return null;
            } else if (depth == 1 && record instanceof StringRecord string) {
                draft.put(formula, Cells.text(string.getString()));
            } else if (depth == 1 && record instanceof CellValueRecordInterface cell) {
                return cell;
            }
        }
        return null;
    }

    private String text(CellValueRecordInterface cell) {
        if (cell instanceof LabelSSTRecord label) {
            return texts.get(label.getSSTIndex());
        }
        if (cell instanceof NumberRecord number) {
            return Cells.number(number.getValue());
        }
        if (cell instanceof BoolErrRecord said) {
            return said.isBoolean() ? Cells.truth(said.getBooleanValue()) : error(said.getErrorValue());
        }
        if (cell instanceof LabelRecord label) {
            return Cells.text(label.getValue());
        }
        return cell instanceof FormulaRecord formula ? result(formula) : "";
    }

    /** What the formula last came to. */
    private static String result(FormulaRecord formula) {
        return switch (formula.getCachedResultTypeEnum()) {
            case NUMERIC -> Cells.number(formula.getValue());
            case BOOLEAN -> Cells.truth(formula.getCachedBooleanValue());
            case ERROR -> error((byte) formula.getCachedErrorValue());
            default -> "";
        };
    }

    private static String error(byte code) {
        return FormulaError.forInt(code).getString();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
