package dev.catchment.cli.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.HookRig;
import dev.catchment.support.PostedTo;
import org.junit.jupiter.api.Test;

class WebhooksCommandsTest {
    @Test
    void a_webhook_is_added_tested_paused_resumed_and_removed() throws Exception {
        try (ScratchDatabase scratch = ScratchDatabase.withSchema("cli_webhooks");
                PostedTo receiver = PostedTo.start()) {
            Cli none = Cli.on(scratch.connectionUrl()).with("WEBHOOKS_HTTP_ALLOW_PRIVATE", "127.0.0.1");
            assertThat(none.run("webhooks", "list").endsWith(0).out()).startsWith("There is no webhook yet.");
            assertThat(none.run("webhooks", "add", "mirror", receiver.url())
                            .endsWith(1)
                            .err())
                    .contains("WEBHOOK_SECRET is not set in the environment", "openssl rand")
                    .doesNotContain("s3cret-path");

            Cli cli = none.with("WEBHOOK_SECRET", HookRig.SECRETS.get("WEBHOOK_SECRET"));
            assertThat(cli.run("webhooks", "add", "mirror", receiver.url(), "--query", "water", "--after", "0")
                            .endsWith(0)
                            .out())
                    .matches("whsec_\\S{44}\\R");
            scratch.execute("select harvest.note_deleted_changes(5)");
            assertThat(cli.run("webhooks", "add", "late", receiver.url(), "--after", "3")
                            .endsWith(0)
                            .err())
                    .contains("Changes up to number 5 were deleted", "those after 3 will not be posted");
            assertThat(cli.run("webhooks", "add", "visas", receiver.url(), "--feed", "policy", "--query", "x")
                            .endsWith(1)
                            .err())
                    .contains("The feed policy is not narrowed by q, but by source, country.");
            assertThat(cli.run("webhooks", "list").endsWith(0).out())
                    .contains("mirror", "http://127.0.0.1:", "{\"q\":\"water\"}", "active")
                    .doesNotContain("s3cret-path");
            assertThat(cli.run("webhooks", "list", "--json").endsWith(0).out())
                    .contains("\"name\":\"mirror\"", "\"filter\":{\"q\":\"water\"}", "\"created_by\":\"command line\"")
                    .doesNotContain("page_key", "s3cret-path");
            assertThat(cli.run("webhooks", "test", "mirror").endsWith(0).out())
                    .matches("The webhook mirror at http://127.0.0.1:\\d+ accepted the post.\\R");
            receiver.answer(401);
            assertThat(cli.run("webhooks", "test", "mirror").endsWith(1).err()).contains("answered HTTP 401");
            assertThat(cli.run("webhooks", "pause", "mirror").endsWith(0).out())
                    .isEqualTo("Paused mirror; its cursor stays.\n");
            assertThat(cli.run("webhooks", "list").endsWith(0).out()).contains("paused");
            assertThat(cli.run("webhooks", "resume", "mirror").endsWith(0).out())
                    .isEqualTo("Resumed mirror.\n");
            assertThat(cli.run("webhooks", "remove", "mirror").endsWith(0).out())
                    .isEqualTo("Removed mirror.\n");
            assertThat(cli.run("webhooks", "remove", "mirror").endsWith(2).err())
                    .contains("There is no webhook mirror.");
        }
    }
}
