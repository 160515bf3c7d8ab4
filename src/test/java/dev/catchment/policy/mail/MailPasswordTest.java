package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.alerts;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.MailRig;
import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where SMTP_PASSWORD goes, and where it does not. */
@Tag("process")
class MailPasswordTest {
    @RegisterExtension
    final MailRig mail = new MailRig();

    private CrawlProcess sender(String password) {
        Map<String, String> settings = new HashMap<>(mail.settings());
        settings.put("catalog.crawl-on-start", "never");
        settings.put("policy.alerts.cron", "* * * * * ?");
        settings.put("policy.mail.user", "watch");
        settings.put("log.level", "debug");
        settings.put("SMTP_PASSWORD", password);
        return CrawlProcess.service("policy", settings);
    }

    private static String said(CrawlProcess process) {
        return process.standardError() + process.standardOutput();
    }

    @Test
    void the_password_of_the_environment_is_shown_to_the_mail_server_alone() {
        mail.server().setUser("watch", "watch", "s3cret-for-the-mail");
        mail.server().getUserManager().setAuthRequired(true);
        MailRows.subscribed("reader@people.example", null, null, null);
        MailRows.changed("GB", "Student", "UK students", "-1\n+2\n");
        try (CrawlProcess refused = sender("wr0ng-for-the-mail")) {
            Await.until(
                    "the login is refused: " + said(refused),
                    () -> number("select count(*) from policy.messages where last_error like '%SMTP_PASSWORD%'") > 0);
            assertThat(said(refused)).doesNotContain("wr0ng");
            assertThat(number("select count(*) from policy.messages where last_error like '%wr0ng%'"))
                    .isZero();
        }
        TestDatabase.execute("update policy.messages set next_attempt_at = now()");
        try (CrawlProcess sender = sender("s3cret-for-the-mail")) {
            Await.until("it is sent: " + said(sender), () -> alerts().contains("sent"));
            assertThat(said(sender)).doesNotContain("s3cret");
        }
    }
}
