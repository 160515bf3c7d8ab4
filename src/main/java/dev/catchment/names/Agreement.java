package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what a file was recognised as against everything else that was said of it. */
final class Agreement {
    /** Four digits that stand alone: 20160308 is a day, tcm77-413741 a number. */
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:19|20)\\d\\d(?!\\d)");

    private static final Pattern GIRLS = Pattern.compile("(?i)girl|female");
    private static final Pattern BOYS = Pattern.compile("(?i)boy|(?<!fe)male");

    private Agreement() {}

    /** @throws PermanentFailure if the name of the file, or who brought it, says something else */
    static Publication checked(NamesFile file, Publication publication) {
        check("the name of the file", file.name(), publication);
        Hints hints = file.hints();
        compare("the folder or the command line", hints.source(), publication.source());
        compare("the folder or the command line", hints.year(), publication.year());
        compare("the folder or the command line", hints.gender(), publication.gender());
        return publication;
    }

    /** @param where whose words these are, for the message */
    static void check(String where, String words, Publication publication) {
        List<Integer> years = years(words);
        if (publication.year() != null && !years.isEmpty() && !years.contains(publication.year())) {
            throw contradiction(where, years.get(0), publication.year());
        }
        boolean girls = GIRLS.matcher(words).find();
        if (girls != BOYS.matcher(words).find()) {
            compare(where, girls ? Gender.F : Gender.M, publication.gender());
        }
    }

    static List<Integer> years(String words) {
        List<Integer> years = new ArrayList<>();
        Matcher year = YEAR.matcher(words);
        while (year.find()) {
            years.add(Integer.valueOf(year.group()));
        }
        return years;
    }

    private static void compare(String where, Object said, Object found) {
        if (said != null && found != null && !said.equals(found)) {
            throw contradiction(where, said, found);
        }
    }

    private static PermanentFailure contradiction(String where, Object said, Object found) {
        return new PermanentFailure("The content is of " + found + ", " + where + " says " + said
                + ". Nothing was loaded; find out which is right and bring the file under a name that agrees.");
    }
}
