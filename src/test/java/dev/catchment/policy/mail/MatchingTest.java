package dev.catchment.policy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of a change. */
class MatchingTest {
    @BeforeEach
    void subscribe() {
        TestDatabase.empty();
        MailRows.subscribed("any@people.example", null, null, null);
        MailRows.subscribed("to-gb@people.example", null, "GB", null);
        MailRows.subscribed("af-gb@people.example", "AF", "GB", null);
        MailRows.subscribed("af-gb-student@people.example", "AF", "GB", "Student");
        MailRows.subscribed("work@people.example", null, null, "WORK");
        MailRows.subscribed("gone@people.example", null, null, null);
        TestDatabase.execute(
                "update policy.route_subscriptions set is_active = false, ended_at = now() where email like 'gone%'");
        TestDatabase.execute("insert into policy.route_subscriptions (email) values ('unconfirmed@people.example')");
    }

    @ParameterizedTest(name = "a page of {0}, from {1}, {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "GB, -,  Student, af-gb af-gb-student any to-gb",
                "GB, AF, Student, af-gb af-gb-student any to-gb",
                "gb, af, STUDENT, af-gb af-gb-student any to-gb",
                "GB, IR, Student, any to-gb",
                "GB, AF, Work,    af-gb any to-gb work",
                "US, AF, Student, any",
                "US, -,  work,    any work"
            })
    void a_change_is_told_to_those_whose_route_it_is_about(
            String country, String origin, String visaType, String expected) {
        List<String> told = TestDatabase.texts("""
                select split_part(s.email, '@', 1)
                from policy.matching_subscriptions(?, ?, ?) m
                join policy.route_subscriptions s on s.id = m.subscription_id order by 1""", country, origin, visaType);
        assertThat(String.join(" ", told)).isEqualTo(expected);
    }
}
