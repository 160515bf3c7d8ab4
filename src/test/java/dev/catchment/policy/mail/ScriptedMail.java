package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.changed;
import static dev.catchment.support.MailRows.subscribed;

import dev.catchment.support.MailRig;
import dev.catchment.support.ScriptedSmtp;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One alert that waits, and a mail server that answers as a test says. */
abstract class ScriptedMail {
    @RegisterExtension
    final MailRig mail = new MailRig();

    final ScriptedSmtp smtp = ScriptedSmtp.start();

    @BeforeEach
    void change() {
        mail.set("policy.mail.port", String.valueOf(smtp.port()));
        subscribed("reader@people.example", null, null, null);
        changed("GB", "Student", "UK students", "-1\n+2\n");
    }

    @AfterEach
    void close() {
        smtp.close();
    }

    static Map<String, Object> message() {
        List<Map<String, Object>> messages = TestDatabase.rows("""
                select status, attempts, last_error as error, message_id,
                  round(extract(epoch from next_attempt_at - clock_timestamp()))::integer as wait
                from policy.messages order by created_at limit 1""");
        return messages.get(0);
    }

    void sendAgain() {
        TestDatabase.execute("update policy.messages set next_attempt_at = now()");
        mail.send();
    }

    static String error() {
        return message().get("error").toString();
    }
}
