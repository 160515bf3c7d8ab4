package dev.catchment.policy.mail;

import static dev.catchment.support.MailRows.changed;
import static dev.catchment.support.MailRows.subscribed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.MailRig;
import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails say, as the server got them. */
class LettersTest {
    @RegisterExtension
    final MailRig mail = new MailRig();

    private String token;

    @BeforeEach
    void subscribe() {
        token = subscribed("reader@people.example", null, null, null);
    }

    private MimeMessage one() {
        mail.send();
        assertThat(mail.received()).hasSize(1);
        return mail.received().get(0);
    }

    @Test
    void it_has_the_message_id_of_its_row_and_says_that_a_machine_wrote_it() throws Exception {
        changed("GB", "Student", "UK students", "-1\n+2\n");
        mail.set("policy.links.url", "https://catchment.example/policy");
        MimeMessage alert = one();
        assertThat(alert.getMessageID())
                .isEqualTo("<" + TestDatabase.text("select message_id from policy.messages") + ">")
                .endsWith("@catchment.example>");
        assertThat(alert.getHeader("Message-ID")).hasSize(1);
        assertThat(alert.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(alert.getHeader("Date")).hasSize(1);
        assertThat(alert.getHeader("List-Unsubscribe", null).replaceAll("\\s", ""))
                .isEqualTo("<https://catchment.example/policy/unsubscribe/"
                        + TestDatabase.text("select token from policy.addresses") + ">");
        assertThat(alert.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(alert.getFrom()).extracting(Object::toString).containsExactly("Catchment <watch@catchment.example>");
        assertThat(alert.getContentType()).startsWith("multipart/alternative");
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 299})
    void its_header_is_as_short_for_many_subscriptions_and_its_body_tells_how_to_end_each(int more) throws Exception {
        for (int i = 0; i < more; i++) {
            String origin = "" + (char) ('A' + i / 26) + (char) ('A' + i % 26);
            subscribed("reader@people.example", origin, null, null);
        }
        changed("GB", "Student", "UK students", "-1\n+2\n");
        mail.set("policy.links.url", "https://catchment.example/policy");
        MimeMessage alert = one();
        assertThat(alert.getHeader("List-Unsubscribe", null)).hasSizeLessThan(100);
        String plain = MailRig.parts(alert).get(0);
        assertThat(plain.split("To end your subscription ")).hasSize(more + 2);
        assertThat(plain)
                .contains("unsubscribe/" + token, "To end all your subscriptions, ")
                .contains("unsubscribe/" + TestDatabase.text("select token from policy.addresses"));
    }

    @Test
    void one_to_an_address_that_smtp_would_take_for_another_is_not_sent() {
        TestDatabase.execute("update policy.route_subscriptions set email = '\u0161@people.example'");
        changed("GB", "Student", "UK students", "-1\n+2\n");
        mail.send(); // as it was, to a@people.example
        assertThat(mail.received()).isEmpty();
        assertThat(TestDatabase.text("select status || ' ' || last_error from policy.messages"))
                .startsWith("failed")
                .contains("non-ASCII characters");
    }

    @Test
    void without_public_pages_it_says_whom_to_ask() throws Exception {
        changed("GB", "Student", "UK students", "-1\n+2\n");
        MimeMessage alert = one();
        assertThat(alert.getHeader("List-Unsubscribe")).isNull();
        assertThat(MailRig.parts(alert).get(0)).contains("catchment policy unsubscribe " + token, "reply to this mail");
    }

    @Test
    void what_a_page_says_is_neither_markup_nor_order_nor_header() throws Exception {
        String hostile =
                "<script>alert(1)</script>\r\nBcc: all@people.example ${body} {{policy.mail.host}} &amp; \"x\" \u001b[2J";
        changed("GB", "Student ${header.to}", hostile, "+" + hostile + "\n+#{1+1} %s %n ${env:HOME}\n");
        MimeMessage alert = one();
        List<String> parts = MailRig.parts(alert);
        assertThat(alert.getSubject()).isEqualTo("Catchment: 1 policy changed (GB Student ${header.to})");
        assertThat(alert.getHeader("Bcc")).isNull();
        assertThat(alert.getAllRecipients()).hasSize(1);
        assertThat(parts.get(0))
                .contains("* GB Student ${header.to}: <script>alert(1)</script> Bcc: all@people.example ${body}")
                .contains("{{policy.mail.host}}", "+#{1+1} %s %n ${env:HOME}")
                .doesNotContain("\u001b");
        assertThat(parts.get(1))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;amp;", "${env:HOME}")
                .doesNotContain("<script", "\u001b");
        assertThat(Jsoup.parse(parts.get(1)).text()).contains("{{policy.mail.host}} &amp; \"x\" [2J");
    }

    @Test
    void letters_of_all_scripts_arrive() throws Exception {
        changed("JP", "学生", "Zürich – 学生ビザ 🎓", "-Gebühr 1 €\n+Gebühr 2 € 🎓 ضريبة\n");
        MimeMessage alert = one();
        assertThat(alert.getSubject()).isEqualTo("Catchment: 1 policy changed (JP 学生)");
        assertThat(alert.getHeader("Subject")[0]).isASCII().contains("=?UTF-8?");
        assertThat(MailRig.parts(alert))
                .allSatisfy(part -> assertThat(part).contains("Zürich – 学生ビザ 🎓", "+Gebühr 2 € 🎓 ضريبة"));
    }

    @Test
    void a_huge_diff_is_cut_at_a_line_and_the_mail_says_how_to_see_it_whole() throws Exception {
        mail.set("policy.mail.max-diff", "1kB");
        String source = MailRows.source("GB", "Student", "UK students");
        changed(source, "+one line of it\n".repeat(112_500), null);
        MimeMessage alert = one();
        assertThat(MailRig.parts(alert).get(0).lines().filter(line -> line.startsWith("+")))
                .containsOnly("+one line of it");
        assertThat(MailRig.parts(alert))
                .allSatisfy(part -> assertThat(part)
                        .hasSizeLessThan(6_000)
                        .contains("This is the beginning of a diff of 1,800,000 characters."
                                + " The whole: catchment policy diff " + source + " 1 2"));
        assertThat(MailRig.parts(alert).get(0)).contains("+one line of it\n\nThis is the beginning");
    }

    @Test
    void many_large_diffs_stay_within_what_mail_servers_take() throws Exception {
        for (int i = 0; i < 60; i++) {
            changed(
                    "GB",
                    "Student",
                    "page " + i,
                    "+a line of sixty characters that stands for very many of them.\n".repeat(1_000));
        }
        MimeMessage alert = one();
        assertThat(alert.getSize()).isLessThan(1_000_000);
        assertThat(MailRig.parts(alert).get(0)).contains("page 59");
    }

    @Test
    void one_line_that_is_longer_than_all_that_is_shown_is_cut_between_characters() {
        assertThat(DiffExcerpt.of("+🎓🎓🎓", 4)).isEqualTo("+🎓");
        assertThat(DiffExcerpt.of("+🎓🎓🎓", 3)).isEqualTo("+🎓");
        assertThat(DiffExcerpt.of("+a\n+b\n", 6)).isEqualTo("+a\n+b\n");
        assertThat(DiffExcerpt.of("+a\n+b\n", 4)).isEqualTo("+a");
    }

    @Test
    void a_subject_names_a_few_places_and_counts_the_rest() throws Exception {
        for (String country : List.of("AU", "CA", "DE", "FR", "GB", "US")) {
            changed(country, "Work", country, "-1\n+2\n");
        }
        assertThat(one().getSubject())
                .isEqualTo("Catchment: 6 policies changed (AU Work, CA Work, DE Work, FR Work and 2 more)");
    }
}
