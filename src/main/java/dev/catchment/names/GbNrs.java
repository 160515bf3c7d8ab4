package dev.catchment.names;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** National Records of Scotland: the tables of all years, old and new heading, and those of one year. */
final class GbNrs implements Format {
    private static final String NAME = "gb_nrs";

    private final LongText allYears = new LongText(
            NAME,
            "gb-nrs",
            Layout.of("yr,sex,FirstForename,number,rank,position", "yr", "sex", "firstforename", "number"),
            Layout.of("Year,Sex,Name,Number", "year", "sex", "name", "number")) {};

    private final NrsYear oneYear = new NrsYear(NAME);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        return isOfAllYears(file) ? allYears.recognise(file) : oneYear.recognise(file);
    }

    @Override
    public Stream<Entry> read(NamesFile file, Publication publication) throws IOException {
        return isOfAllYears(file) ? allYears.read(file, publication) : oneYear.read(file, publication);
    }

    private boolean isOfAllYears(NamesFile file) throws IOException {
        return file.texts().size() == 1 && allYears.layout(file.texts().get(0)).isPresent();
    }
}
