package dev.catchment.catalog.asset;

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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

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
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setTrim(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .get();

    private final Path file;
    private final Map<String, Optional<String>> countries = new HashMap<>();
    private String hostColumn;
    private String countryColumn;

    private CountryFile(Path file) {
        this.file = file;
    }

    /** Country by lower-case host; empty for no single country; hosts with an empty cell are left out. */
    static Map<String, Optional<String>> read(Path file) {
        CountryFile reader = new CountryFile(file);
        try (CSVParser parser = CSVParser.parse(reader.text(), CSV)) {
            reader.hostColumn = reader.column(parser.getHeaderNames(), "domain", "host");
            reader.countryColumn = reader.column(parser.getHeaderNames(), "country", "owner_country");
            for (CSVRecord row : parser) {
                reader.row(row, parser.getCurrentLineNumber());
            }
            return Map.copyOf(reader.countries);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the list of countries file=" + file, e);
        } catch (UncheckedIOException e) {
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

    private String column(List<String> header, String first, String second) {
        for (String wanted : List.of(first, second)) {
            List<String> found =
                    header.stream().filter(wanted::equalsIgnoreCase).toList();
            if (found.size() > 1) {
                throw refuse(1, "the header has the column " + wanted + " more than once");
            }
            if (found.size() == 1) {
                return found.get(0);
            }
        }
        throw refuse(1, "the header needs a column " + first + " or " + second + ", found " + header);
    }

    private void row(CSVRecord row, long line) {
        if (!row.isSet(hostColumn) || !row.isSet(countryColumn)) {
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
