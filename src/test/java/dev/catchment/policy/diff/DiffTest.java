package dev.catchment.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffTest {
    private static final Path PROGRAM = Path.of("/usr/bin/patch");

    @TempDir
    Path folder;

    @Test
    void is_written_as_diff_u_writes_it() {
        assertThat(Diff.between("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nE\nf\n"))
                .isEqualTo(new Diff("--- old\n+++ new\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n", 1, 1, false));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '1\n2\n', '@@ -0,0 +1,2 @@\n+1\n+2\n'",
        "'1\n', '', '@@ -1,1 +0,0 @@\n-1\n'",
        "'1', '1\n', '@@ -1,1 +1,1 @@\n-1\n\\ No newline at end of file\n+1\n'",
        "'1\n2', '1\n3', '@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+3\n\\ No newline at end of file\n'",
    })
    void tells_no_text_and_no_last_line_end(String before, String after, String hunk) {
        assertThat(Diff.between(before, after).unified()).isEqualTo("--- old\n+++ new\n" + hunk);
    }

    @Test
    void of_equal_texts_is_empty() {
        assertThat(Diff.between("a\nb", "a\nb")).isEqualTo(new Diff("", 0, 0, false));
        assertThat(Patch.apply("a\nb", "")).isEqualTo("a\nb");
    }

    @Test
    void shows_the_changed_sentence_of_a_long_paragraph() {
        String paragraph = "The fee is 80 dollars. "
                + "Nothing else is said here. ".repeat(10).strip() + "\n";
        Diff diff = Diff.between(paragraph, paragraph.replace("80", "90"));
        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.unified()).contains("\n-The fee is 80 dollars.\n+The fee is 90 dollars.\n");
    }

    @Test
    void of_texts_with_too_little_in_common_says_replaced_and_leads_there_all_the_same() {
        Diff diff = Diff.between("head\n1\n2\n3\ntail\n", "head\n4\n2\n5\ntail\n", 2);
        assertThat(diff.isReplaced()).isTrue();
        assertThat(diff.unified())
                .isEqualTo("--- old\n+++ new\n@@ -1,5 +1,5 @@\n head\n-1\n-2\n-3\n+4\n+2\n+5\n tail\n");
        assertThat(Diff.between("head\n1\n2\n3\ntail\n", "head\n4\n2\n5\ntail\n", 3)
                        .isReplaced())
                .isFalse();
    }

    @Test
    void of_two_texts_at_the_limit_is_made_without_much_memory() {
        Diff diff = Diff.between(numbered("old", Diff.MOST_LINES), numbered("new", Diff.MOST_LINES));
        assertThat(diff.isReplaced()).isFalse();
        assertThat(diff.removed()).isEqualTo(Diff.MOST_LINES);
    }

    @Test
    void is_applied_by_us_and_by_the_patch_program_alike() throws IOException, InterruptedException {
        assumeThat(PROGRAM).as("the patch program is not on this machine").isExecutable();
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            String before = text(random);
            String after = random.nextInt(4) == 0 ? text(random) : edited(before, random);
            String unified = Diff.between(before, after).unified();
            assertThat(Patch.apply(before, unified)).isEqualTo(after);
            if (!unified.isEmpty()) {
                assertThat(patched(before, unified)).as(unified).isEqualTo(after);
            }
        }
    }

    @Test
    void of_another_text_is_refused() {
        String unified = Diff.between("a\nb\nc\n", "a\nB\nc\n").unified();
        for (String other : List.of("a\nx\nc\n", "", "a\nb", "b\nc\n")) {
            assertThatThrownBy(() -> Patch.apply(other, unified)).isInstanceOf(IllegalArgumentException.class);
        }
        String cutOff = unified.substring(0, unified.length() - 3);
        assertThatThrownBy(() -> Patch.apply("a\nb\nc\n", cutOff)).isInstanceOf(IllegalArgumentException.class);
    }

    private String patched(String before, String unified) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("text"), before);
        Path diff = Files.writeString(folder.resolve("diff"), unified);
        Process patch = new ProcessBuilder(PROGRAM.toString(), "--fuzz=0", file.toString(), diff.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(patch.getInputStream().readAllBytes());
        assertThat(patch.waitFor()).as(said).isZero();
        return Files.exists(file) ? Files.readString(file) : ""; // it removes a file that becomes empty
    }

    private static String numbered(String word, int lines) {
        return IntStream.range(0, lines).mapToObj(i -> word + i + "\n").collect(Collectors.joining());
    }

    private static String text(Random random) {
        String lines = IntStream.range(0, random.nextInt(30))
                .mapToObj(i ->
                        List.of("-- a", "+b", "é — ü", " ", "@@ -1 @@", "\\ No").get(random.nextInt(6)) + "\n")
                .collect(Collectors.joining());
        return random.nextInt(3) == 0 && !lines.isEmpty() ? lines.substring(0, lines.length() - 1) : lines;
    }

    private static String edited(String text, Random random) {
        return text.lines()
                .map(line -> random.nextInt(8) == 0 ? "edited " + random.nextInt(9) : line)
                .filter(line -> random.nextInt(10) > 0)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
