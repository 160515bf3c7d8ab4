package dev.catchment.names.publisher;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** National Records of Scotland: the tables of all years, old and new heading, and those of one year. */
final class GbNrs implements Format {
    private static final String NAME = "gb_nrs";

    private final LongText allYears = new LongText(
            NAME,
            "gb-nrs",
            Signature.of(
                    "scotland|scottish",
                    "1974 F NICOLA 935",
                    "1974 M DAVID 1794",
                    "1997 F EMMA 752",
                    "1997 M RYAN 795",
                    "2020 F ISLA 347",
                    "2020 M JACK 354"),
            Layout.of("yr,sex,FirstForename,number,rank,position", "yr", "sex", "firstforename", "number"),
            Layout.of("Year,Sex,Name,Number", "year", "sex", "name", "number")) {};

    private final NrsYear oneYear = new NrsYear(NAME);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String source() {
        return "gb-nrs";
    }

    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        return !isOfAllYears(file) || allYears.isSigned(file, found);
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        return isOfAllYears(file) ? allYears.recognise(file) : oneYear.recognise(file);
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        return isOfAllYears(file) ? allYears.read(file, publication) : oneYear.read(file, publication);
    }

    private boolean isOfAllYears(NamesFile file) throws IOException {
        return file.texts().size() == 1 && allYears.layout(file.texts().get(0)).isPresent();
    }
}
