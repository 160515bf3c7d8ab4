package dev.catchment.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.ForeignPages;
import dev.catchment.policy.Pages;
import dev.catchment.policy.page.Rules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What later texts of the same page have in common, and what other pages have not. */
class ResemblanceTest {
    private static final String VISA = "visa-bulletin";
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    /** Recorded series that are HTML, text and templates of text. */
    private static final List<String> SERIES = List.of(
            "govuk-check-uk-visa/html_afghanistan",
            "govuk-check-uk-visa/html_afghanistan_transit",
            "govuk-check-uk-visa/html_afghanistan_work",
            "govuk-check-uk-visa/src_eta_advice",
            "govuk-check-uk-visa/src_outcome_no_visa_needed",
            "govuk-check-uk-visa/txt_anguilla_study_six_months_or_less",
            "govuk-check-uk-visa/txt_china_marriage",
            "govuk-check-uk-visa/txt_israel_full-passport_study_six_months_or_less",
            "govuk-check-uk-visa/txt_israel_provisional-passport_marriage",
            "ota-pga-versions/Spotify_Privacy_Policy",
            VISA);

    private record Pair(String name, Resemblance likeness) {
        double most() {
            return Math.max(likeness.kept(), likeness.known());
        }
    }

    private static boolean isStrange(Resemblance likeness) {
        return likeness.isForeign() || likeness.isOtherLanguage();
    }

    static Stream<String> foreign() {
        return ForeignPages.texts().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void a_page_in_the_place_of_a_policy_shares_almost_nothing_with_it(String name) {
        String text = ForeignPages.texts().get(name);
        Resemblance likeness = Resemblance.between(ForeignPages.POLICY, text);
        assertThat(isStrange(likeness)).as("%s %s", name, likeness).isTrue();
        assertThat(isStrange(Resemblance.between(text, ForeignPages.POLICY)))
                .as("the other way round")
                .isTrue();
    }

    @Test
    void another_language_is_told_by_its_small_words_whatever_the_tables_share() {
        String rows = "Applying from outside | 490 | 36\n".repeat(60);
        Resemblance likeness = Resemblance.between(ForeignPages.POLICY + rows, ForeignPages.IN_GERMAN + rows);
        assertThat(likeness.isForeign()).isFalse();
        assertThat(likeness.isOtherLanguage()).as("%s", likeness).isTrue();
    }

    @Test
    void a_policy_that_grows_shrinks_or_is_put_in_order_anew_is_the_same_one() {
        List<String> lines = ForeignPages.POLICY.lines().toList();
        List<String> turned = new ArrayList<>(lines);
        Collections.reverse(turned);
        String more = String.join("\n", ForeignPages.texts().values());
        assertThat(List.of(
                        Resemblance.between(ForeignPages.POLICY, String.join("\n", turned)),
                        Resemblance.between(
                                ForeignPages.POLICY,
                                ForeignPages.POLICY + ForeignPages.texts().get("en consent")),
                        Resemblance.between(ForeignPages.POLICY, ForeignPages.POLICY + ForeignPages.IN_GERMAN),
                        Resemblance.between(ForeignPages.POLICY + more, ForeignPages.POLICY),
                        Resemblance.between(ForeignPages.POLICY, lines.get(1))))
                .allSatisfy(likeness -> assertThat(likeness.isForeign()).isFalse());
    }

    @Test
    void a_text_without_blanks_is_compared_sign_by_sign() {
        String chinese = ForeignPages.texts().get("zh gone");
        Resemblance likeness = Resemblance.between(chinese, chinese.replace("首页", "主页"));
        assertThat(likeness.kept()).isBetween(0.8, 0.99);
    }

    @Test
    void no_recorded_change_is_taken_for_another_page_and_no_foreign_page_for_a_change() throws Exception {
        List<Pair> changes = new ArrayList<>();
        List<Pair> foreign = new ArrayList<>();
        for (String series : SERIES) {
            List<String> texts = texts(series);
            for (int i = 1; i < texts.size(); i++) {
                String before = texts.get(i - 1);
                String now = texts.get(i);
                if (isChange(before, now)) {
                    changes.add(new Pair(series + " " + i, Resemblance.between(before, now)));
                }
            }
            // Of each series the first and the last: with all of them it takes a minute.
            for (String before : List.of(texts.get(0), texts.get(texts.size() - 1))) {
                ForeignPages.texts()
                        .forEach((name, text) ->
                                foreign.add(new Pair(series + " then " + name, Resemblance.between(before, text))));
            }
        }
        Comparator<Pair> byMost = Comparator.comparingDouble(Pair::most);
        Comparator<Pair> byTongue =
                Comparator.comparingDouble(pair -> pair.likeness().tongue());
        String measured =
                "changes=%d foreign=%d%nleast like of the changes: %s%nmost like of the foreign: %s%nleast like in language: %s%n"
                        .formatted(
                                changes.size(),
                                foreign.size(),
                                changes.stream().min(byMost).orElseThrow(),
                                foreign.stream().max(byMost).orElseThrow(),
                                changes.stream().min(byTongue).orElseThrow());
        Files.writeString(Path.of("target", "policy-resemblance.txt"), measured);
        assertThat(changes).hasSizeGreaterThan(80).noneMatch(pair -> isStrange(pair.likeness()));
        assertThat(foreign)
                .hasSizeGreaterThan(400)
                .allMatch(pair -> pair.likeness().isForeign());
        assertThat(foreign.stream().max(byMost).orElseThrow().most() * 2)
                .as("between the two is room")
                .isLessThan(changes.stream().min(byMost).orElseThrow().most());
    }

    /** What became a line of code and back is no page that anybody reads. */
    private static boolean isChange(String before, String now) {
        return !before.isBlank()
                && !now.isBlank()
                && !Rules.NONE.hashed(before).equals(Rules.NONE.hashed(now))
                && before.length() > 40
                && now.length() > 40;
    }

    private static List<String> texts(String series) {
        if (series.equals(VISA)) {
            return Stream.of("2023", "2024")
                    .flatMap(year ->
                            MONTHS.stream().map(month -> "/visa-bulletin-for-%s-%s.html".formatted(month, year)))
                    .map(file -> text(Pages.recorded(VISA + file)))
                    .toList();
        }
        return Pages.recordedAll(series).stream()
                .filter(file -> file.length != 131) // the error page among the versions of Spotify
                .map(file -> series.contains("html_") ? text(file) : text(Pages.ofMarkdown(file)))
                .toList();
    }

    private static String text(byte[] html) {
        return Pages.text(new String(html, StandardCharsets.UTF_8));
    }
}
