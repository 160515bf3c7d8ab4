package dev.catchment.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.support.HookRig;
import dev.catchment.support.PostedTo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The receiver of docs/rooms/webhooks.md, as it stands there, is given a real post; skipped where there is no Python. */
class ReceiverExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```python\n(.*?)```");
    private static final String ASKED = """

            import sys
            headers = dict(zip(("webhook-id", "webhook-timestamp", "webhook-signature"), sys.argv[2:5]))
            print(verified(sys.argv[1], headers, sys.stdin.buffer.read()))
            """;

    @RegisterExtension
    final HookRig hooks = new HookRig();

    @TempDir
    private Path folder;

    private String verified(String secret, PostedTo.Post post, byte[] body) throws IOException, InterruptedException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("docs/rooms/webhooks.md")));
        assertThat(example.find()).isTrue();
        Path script = Files.writeString(folder.resolve("receiver.py"), example.group(1) + ASKED);
        Process python = new ProcessBuilder(List.of(
                        "python3",
                        script.toString(),
                        secret,
                        post.headers().get("webhook-id"),
                        post.headers().get("webhook-timestamp"),
                        post.headers().get("webhook-signature")))
                .redirectInput(Files.write(folder.resolve("body"), body).toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(said).isZero();
        return said.strip();
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "-c", "''.removeprefix('')")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void it_verifies_what_is_posted_and_nothing_else() throws Exception {
        assumeTrue(hasPython(), "this system has no Python 3.9");
        String secret = String.valueOf(hooks.add("mirror").get("secret"));
        HookRig.changes(2);
        hooks.deliver();
        PostedTo.Post post = hooks.receiver().posts().get(0);
        byte[] forged = new String(post.body(), StandardCharsets.UTF_8)
                .replace("changed", "retired")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(verified(secret, post, post.body())).isEqualTo("True");
        assertThat(verified(secret, post, forged)).isEqualTo("False");
        assertThat(verified(String.valueOf(hooks.add("another").get("secret")), post, post.body()))
                .as("no receiver can sign for another")
                .isEqualTo("False");
    }
}
