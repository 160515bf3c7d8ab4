package dev.catchment.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.support.Await;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(900)
class ReadersTest {
    private static final Duration LONG = Duration.ofMinutes(4);

    private final Readers readers = new Readers(1, 32 << 20);

    @AfterEach
    void close() {
        readers.close();
    }

    /** Does what its question says. */
    public static final class Obedient implements ReaderTask {
        @Override
        public void answer(byte[] question, DataOutputStream answer) throws IOException {
            switch (new String(question, StandardCharsets.UTF_8)) {
                case "pid" -> say(answer, String.valueOf(ProcessHandle.current().pid()));
                case "environment" -> say(answer, System.getenv().keySet().toString());
                case "heap" -> fill();
                case "stack" -> say(answer, "" + deep(1));
                case "end" -> Runtime.getRuntime().halt(7);
                case "refuse" -> throw new PermanentFailure("It is refused.");
                case "stumble" -> throw new IllegalArgumentException("a stone");
                case "print" -> {
                    System.out.println("printed by a library");
                    say(answer, "said");
                }
                case "much" -> {
                    while (true) {
                        answer.write(new byte[1 << 16]);
                    }
                }
                default -> Await.until("the end of time", () -> false);
            }
        }

        private static void say(DataOutputStream answer, String words) throws IOException {
            answer.write(words.getBytes(StandardCharsets.UTF_8));
        }

        private static void fill() {
            List<long[]> all = new ArrayList<>();
            while (true) {
                all.add(new long[1 << 16]);
            }
        }

        private static int deep(int depth) {
            return deep(depth + 1) + 1;
        }
    }

    private String ask(String question, Duration longest) throws IOException {
        try (InputStream answer =
                readers.ask(Obedient.class, longest, 1 << 20, question.getBytes(StandardCharsets.UTF_8))) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_reader_is_kept_for_the_next_question_and_after_any_failure_of_a_task() throws IOException {
        String first = ask("pid", LONG);
        assertThat(ask("print", LONG)).as("what a library prints is no answer").isEqualTo("said");
        assertThatThrownBy(() -> ask("refuse", LONG))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("It is refused.");
        assertThatThrownBy(() -> ask("stumble", LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a stone")
                .hasMessageContaining("Obedient");
        assertThat(ask("pid", LONG)).isEqualTo(first);
    }

    @Test
    void nothing_of_the_environment_but_the_language_is_handed_on() throws IOException {
        assertThat(System.getenv()).containsKey("PATH");
        // PWD and its kin are what a shell sets by itself.
        assertThat(ask("environment", LONG).replaceAll("[\\[\\] ]", "").split(","))
                .isSubsetOf("", "LANG", "LC_ALL", "LC_CTYPE", "PWD", "OLDPWD", "SHLVL", "_");
    }

    @ParameterizedTest
    @CsvSource({"heap, MEMORY", "stack, MEMORY", "much, SIZE", "end, DIED"})
    void after_trouble_another_reader_takes_its_place(String question, ReaderFailure.Kind kind) throws IOException {
        String first = ask("pid", LONG);
        assertThat(catchThrowableOfType(ReaderFailure.class, () -> ask(question, LONG))
                        .kind())
                .isEqualTo(kind);
        assertThat(ask("pid", LONG)).isNotEqualTo(first);
        Await.until("it is gone", () -> isGone(first));
    }

    @Test
    void who_takes_too_long_is_ended() throws IOException {
        String first = ask("pid", LONG);
        assertThat(catchThrowableOfType(ReaderFailure.class, () -> ask("for ever", Duration.ofMillis(200)))
                        .kind())
                .isEqualTo(ReaderFailure.Kind.TIME);
        Await.until("it is gone", () -> isGone(first));
    }

    @Test
    void who_comes_while_all_are_busy_waits_for_its_turn_and_is_told_when_they_are_closed() throws IOException {
        ReaderAnswer busy = readers.ask(Obedient.class, LONG, 1 << 20, "pid".getBytes(StandardCharsets.UTF_8));
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return ask("pid", LONG);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting).isNotDone();
        String first = new String(busy.readAllBytes(), StandardCharsets.UTF_8);
        busy.close();
        assertThat(waiting.join()).as("by the same reader").isEqualTo(first);

        CompletableFuture<Throwable> given = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TransientFailure.class, () -> ask("for ever", LONG)));
        readers.close();
        assertThat(given.join()).isInstanceOf(TransientFailure.class);
        Await.until("it is gone", () -> isGone(first));
    }

    private static boolean isGone(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isEmpty();
    }
}
