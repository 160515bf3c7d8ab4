package dev.catchment.catalog.asset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.catchment.flow.BadRecord;
import dev.catchment.text.IsoCountry;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An operator's list of portals and their countries: CSV, UTF-8, with or without byte order mark, header in any case,
 * columns {@code domain} or {@code host} and {@code country} or {@code owner_country}, others ignored.
 *
 * <p>A country is an ISO 3166-1 alpha-2 code in any case; {@code World} and {@code EU} say that a portal belongs to no
 * single country; an empty cell says "not known". Made to read the portal table of commondataio/dataportals-registry
 * as it is.
 */
final class CountryFile {

    private static final Set<String> NO_SINGLE_COUNTRY = Set.of("WORLD", "EU");
    private final Path file;
    private final Map<String, Optional<String>> countries = new HashMap<>();
    private int hostColumn = -1;
    private int countryColumn;

    private CountryFile(Path file) {
        this.file = file;
    }

    /** Country by lower-case host; empty for no single country; hosts with an empty cell are left out. */
    static Map<String, Optional<String>> read(Path file) {
        CountryFile reader = new CountryFile(file);
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader.text())) {
            for (CsvRecord row : rows) {
                List<String> cells = row.getFields().stream().map(String::strip).toList();
                if (reader.hostColumn < 0) {
                    reader.header(cells);
                } else {
                    reader.row(cells, row.getStartingLineNumber());
                }
            }
            if (reader.hostColumn < 0) {
                reader.header(List.of());
            }
            return Map.copyOf(reader.countries);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the list of countries file=" + file, e);
        } catch (CsvParseException e) {
            throw reader.refuse(1, "is not CSV: " + e.getMessage());
        }
    }

    private String text() throws IOException {
        try {
            return Utf8.withoutMark(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "The list of countries does not exist; name a file or leave the setting " + "empty. file=" + file,
                    e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The list of countries is not UTF-8. file=" + file, e);
        }
    }

    private void header(List<String> cells) {
        hostColumn = column(cells, "domain", "host");
        countryColumn = column(cells, "country", "owner_country");
    }

    private int column(List<String> header, String first, String second) {
        for (String wanted : List.of(first, second)) {
            int[] found = IntStream.range(0, header.size())
                    .filter(i -> header.get(i).equalsIgnoreCase(wanted))
                    .toArray();
            if (found.length > 1) {
                throw refuse(1, "the header has the column " + wanted + " more than once");
            }
            if (found.length == 1) {
                return found[0];
            }
        }
        throw refuse(1, "the header needs a column " + first + " or " + second + ", found " + header);
    }

    private void row(List<String> row, long line) {
        if (row.size() <= Math.max(hostColumn, countryColumn)) {
            throw refuse(line, "the row has " + row.size() + " cells, fewer than the header");
        }
        String host = Addresses.host(row.get(hostColumn));
        String country = row.get(countryColumn).toUpperCase(Locale.ROOT);
        if (host == null) {
            throw refuse(
                    line, "a portal is a host name such as data.ny.gov, found " + BadRecord.quote(row.get(hostColumn)));
        }
        if (!country.isEmpty()) {
            Optional<String> value = country(country, line);
            Optional<String> before = countries.putIfAbsent(host, value);
            if (before != null && !before.equals(value)) {
                throw refuse(line, host + " has two countries, " + before.orElse("none") + " and " + country);
            }
        }
    }

    private Optional<String> country(String country, long line) {
        if (NO_SINGLE_COUNTRY.contains(country)) {
            return Optional.empty();
        }
        if (!IsoCountry.is(country)) {
            throw refuse(
                    line,
                    "a country is an ISO 3166-1 alpha-2 code such as US or GB, World or EU for no single "
                            + "country, or empty for not known; found " + BadRecord.quote(country));
        }
        return Optional.of(country);
    }

    private IllegalArgumentException refuse(long line, String what) {
        return new IllegalArgumentException(
                "The list of countries cannot be used: " + what + ". file=" + file + " line=" + line);
    }
}
