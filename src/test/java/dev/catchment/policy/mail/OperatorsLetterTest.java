package dev.catchment.policy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.MailRig;
import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators are told of sources. */
class OperatorsLetterTest {
    @RegisterExtension
    final MailRig mail = new MailRig();

    @BeforeEach
    void notice() {
        String failing = MailRows.source("GB", "Student", "UK students");
        String recovered = MailRows.source("US", "Work", "US work");
        TestDatabase.execute("""
                insert into policy.fetches (source_id, fetched_at, url, final_url, milliseconds, outcome, cause, message)
                values ('%1$s', '2026-11-01T10:00:00Z', 'u', 'u', 1, 'unchanged', null, null),
                  ('%1$s', '2026-11-02T10:00:00Z', 'u', 'u', 1, 'failed', 'blocked', 'm'),
                  ('%1$s', '2026-11-03T10:00:00Z', 'u', 'u', 1, 'failed', 'blocked', 'm')""".formatted(failing));
        TestDatabase.execute("""
                insert into policy.notices (source_id, kind, cause, detail) values
                  ('%1$s', 'failing', 'blocked', 'The server answers 403: it does not want us.'),
                  ('%1$s', 'held', 'foreign', 'What came has 2 %% of the words of the last version.'),
                  ('%2$s', 'recovered', null, null)""".formatted(failing, recovered));
    }

    @Test
    void they_are_told_once_in_one_mail_what_keeps_failing_and_what_recovered() throws Exception {
        mail.send();
        assertThat(mail.received()).as("nobody is named").isEmpty();
        mail.set("policy.mail.operators", "ops@catchment.example, Night <night@catchment.example>");
        mail.send();
        assertThat(mail.received()).as("one mail, delivered to each of the two").hasSize(2);
        MimeMessage report = mail.received().get(0);
        assertThat(report.getSubject()).isEqualTo("Catchment: 1 source keeps failing, 1 source is held, 1 recovered");
        assertThat(report.getAllRecipients()).hasSize(2);
        assertThat(MailRig.parts(report).get(0))
                .contains("* UK students\n  https://pages.example/")
                .contains("blocked, since 2 November 2026, 10:00 UTC: The server answers 403: it does not want us.")
                .contains("foreign: What came has 2 % of the words of the last version.")
                .contains("== Recovered ==\n\n* US work");
        mail.send();
        assertThat(mail.received()).as("once").hasSize(2);
    }
}
