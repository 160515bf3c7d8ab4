package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.FoldedName;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tells whose a table is that is headed as anybody's may be: the place it is of, in a title or in the file's name, or
 * figures that are known of its publisher. They are of years long closed or of the names given most, which no edition
 * revises; where one does, whoever brings the file says the source.
 *
 * @param place how the place is written
 * @param known counts of the publisher, by year, gender and name
 */
public record Signature(Pattern place, Map<String, Integer> known) {
    /** One figure may be the same by chance. */
    private static final int ENOUGH = 2;

    /** @param figures as {@code 1920 F MARY 639} */
    public static Signature of(String place, String... figures) {
        return new Signature(
                Pattern.compile("(?i)(?<![a-z])(?:" + place + ")(?![a-z])"),
                Arrays.stream(figures)
                        .collect(Collectors.toMap(
                                figure -> figure.substring(0, figure.lastIndexOf(' ')),
                                figure -> Integer.valueOf(figure.substring(figure.lastIndexOf(' ') + 1)))));
    }

    /** Whether the place is named, in the words of a title or the name of a file or a sheet. */
    public boolean isIn(Stream<String> words) {
        return words.anyMatch(word -> place.matcher(word).find());
    }

    /** Whether the figures are those that are known; they are closed. */
    public boolean isBorneOutBy(Stream<FileEntry> entries) {
        try (entries) {
            Map<Boolean, Long> looked = entries.filter(FileEntry.Figure.class::isInstance)
                    .map(FileEntry.Figure.class::cast)
                    .filter(figure -> known.containsKey(key(figure)))
                    .collect(Collectors.partitioningBy(
                            figure -> known.get(key(figure)) == figure.count(), Collectors.counting()));
            return looked.get(true) >= ENOUGH && looked.get(true) > looked.get(false);
        }
    }

    private static String key(FileEntry.Figure figure) {
        return figure.year() + " " + figure.gender() + " " + FoldedName.of(figure.name());
    }
}
