package dev.catchment.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every figure that was compared, and where two programs differ, who is right; written for people to read. */
final class OracleReport {
    private static final String SA = "au-sa/cusersjacksm01desktop";
    private static final String ONTARIO = "ca-on/ontario_top_baby_names_";
    private static final String PADDED = "we are right: the blanks that pad the names of 2018 are no part of them";
    /** By file, year and gender. */
    private static final Map<String, String> WHY = new TreeMap<>(Map.of(
            SA + "femalecy2017top.csv 2017 F",
            "we are right: OLIVER, WILLIAM, JACK are no girls; the oracle believes the file's name. Refused under it;"
                    + " brought with --gender M it gives the very figures",
            SA + "malecy2017top.csv 2017 M",
            "we are right: CHARLOTTE, AVA, ISLA are no boys; the oracle believes the file's name. Refused under it;"
                    + " brought with --gender F it gives the very figures",
            ONTARIO + "female_1917-2019_en_fr.csv 2018 F",
            PADDED,
            ONTARIO + "male_1917-2019_en_fr.csv 2018 M",
            PADDED,
            ONTARIO + "male_1917-2019_en_fr.csv 2019 M",
            "we are right: 8 births stand in line 77930 without a name; the oracle counts them as a name"));

    private final TreeSet<String> differing = new TreeSet<>();
    private final StringBuilder text = new StringBuilder("names, sum, top, max, min by file, year and gender\n");
    private int same;

    void section(String words) {
        text.append("\n== ").append(words).append("\n\n");
    }

    /** @param actual null if there is none */
    void compare(Oracle.Line line, Figured actual) {
        boolean equal = line.figured().equals(actual);
        text.append("%-9s %-66s expected %s | actual %s%n"
                .formatted(equal ? "same" : "DIFFERENT", line.where(), line.figured(), actual));
        if (equal) {
            same++;
        } else {
            differing.add(line.where());
            text.append("          ")
                    .append(WHY.getOrDefault(line.where(), "nobody knows why"))
                    .append('\n');
        }
    }

    void note(String words) {
        text.append(words).append('\n');
    }

    /** Of these, where we differ and nobody knows why, or agree although we should not. */
    List<String> unexplained(List<Oracle.Line> compared) {
        return compared.stream()
                .map(Oracle.Line::where)
                .filter(where -> differing.contains(where) != WHY.containsKey(where))
                .toList();
    }

    void write(Path path) throws IOException {
        section("%d the same, %d different".formatted(same, differing.size()));
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
