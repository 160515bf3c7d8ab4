package dev.catchment.policy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.mail.ClaimedMessage;
import dev.catchment.flow.mail.MailAddresses;
import dev.catchment.flow.mail.MailWriter;
import dev.catchment.support.MailRig;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Every word of every letter and every page, reviewed in a golden file. */
class LetterWordsTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "letters.txt");

    private static final String CHANGE = """
            {"source_id": "00000000-0000-4000-8000-00000000000%d", "source": "%s", "country": "GB", "visa_type": "Student",
             "url": "%s", "detected_at": "2026-11-02T10:00:00+01:00", "old_length": 1234, "new_length": 56789,
             "old_sequence": %s, "new_sequence": 2, "diff_length": %d, "diff": "%s"}""";

    private static final String SUBSCRIPTIONS = """
            [{"token": "t-1", "origin": "IN", "destination": "GB", "visa_type": "Student"},
             {"token": "t-2", "origin": null, "destination": null, "visa_type": null}]""";

    private static final String NOTICES = """
            {"notices": [
             {"kind": "failing", "source": "A & B", "url": "https://a.example/?x=1&y=2", "cause": "blocked", "detail": "It said 403.", "failing_since": "2026-11-02T10:00:00Z"},
             {"kind": "failing", "source": "C", "url": "no address", "cause": "timed_out", "detail": "No answer.", "failing_since": null},
             {"kind": "held", "source": "D\\n<b>", "url": "https://d.example/", "cause": "foreign", "detail": "2 % of the words."},
             {"kind": "recovered", "source": "E", "url": "https://e.example/", "created_at": "2026-11-03T23:30:00-02:00"}]}""";

    private static String alerts() {
        String diff = "--- 1\\n+++ 2\\n@@ -1 +1 @@\\n-old <line> & \\\"more\\\"\\n+new\\tline\\u001b[2J\\n same";
        return "{\"token\": \"t-0\", \"changes\": [%s, %s, %s], \"subscriptions\": %s}"
                .formatted(
                        CHANGE.formatted(1, "UK  students\\r\\nBcc: <x>", "https://a.example/?x=1&y=2", "1", 90, diff),
                        CHANGE.formatted(2, "Second", "ftp://b.example/", "null", 9_999, diff),
                        CHANGE.formatted(2, "Second", "https://b.example/\\\" onclick=\\\"x", "null", 9, "+x"),
                        SUBSCRIPTIONS);
    }

    private static String letter(String url, int mostOfADiff, String kind, String content) throws Exception {
        MailAddresses addresses = new MailAddresses();
        addresses.setSender("watch@catchment.example");
        ClaimedMessage message = new ClaimedMessage(
                "m",
                "policy",
                kind,
                "reader@people.example",
                "id@catchment.example",
                1,
                "w",
                new ObjectMapper().readTree(content));
        MimeMessage mail = new MailWriter(addresses)
                .write(message, new Letters(addresses, url, mostOfADiff).letter(message, Map.of("content", content)));
        List<String> parts = MailRig.parts(mail);
        String html = Jsoup.parse(parts.get(1)).body().html();
        return "##### %s, links=%s: %s%n%s%n##### in HTML%n%s%n"
                .formatted(kind, url, mail.getSubject(), parts.get(0), html);
    }

    private static String page(String name, BiConsumer<LinkPages, Exchange> page, List<Map<String, Object>> rows) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty("token", "t-1");
        exchange.getMessage().setBody(rows);
        page.accept(new LinkPages(), exchange);
        String headers = exchange.getMessage().getHeaders().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
        return "##### page %s%n%s%n%s%n"
                .formatted(
                        name,
                        headers,
                        Jsoup.parse(exchange.getMessage().getBody(String.class)).html());
    }

    private static Map<String, Object> row(String token, String visaType, boolean isEnded) {
        Map<String, Object> row = new HashMap<>(Map.of("token", token, "is_ended", isEnded, "destination", "GB"));
        row.put("origin", null);
        row.put("visa_type", visaType);
        return row;
    }

    @Test
    void letters_and_pages_say_what_was_reviewed() throws Exception {
        List<Map<String, Object>> open = List.of(row("t-1", "a <b> & \"c\"\n d", false), row("t-2", null, false));
        List<Map<String, Object>> ended = List.of(row("t-1", null, true));
        String all = String.join(
                "\n",
                letter("https://c.example/policy/", 2_000, "alerts", alerts()),
                letter("", 60, "alerts", alerts()),
                letter("https://c.example/policy", 60, "confirmation", "{\"subscriptions\": " + SUBSCRIPTIONS + "}"),
                letter("", 60, "confirmation", "{\"subscriptions\": " + SUBSCRIPTIONS + "}"),
                letter("", 60, "operators", NOTICES),
                page("asks to confirm", LinkPages::askToConfirm, open),
                page("asks to confirm what has ended", LinkPages::askToConfirm, ended),
                page("asks to end several", LinkPages::askToEnd, open),
                page("asks to end one", LinkPages::askToEnd, open.subList(1, 2)),
                page("asks to end what has ended", LinkPages::askToEnd, ended),
                page("asks about nothing", LinkPages::askToEnd, List.of()),
                page("confirmed", LinkPages::confirmed, List.of(Map.of("is_active", true))),
                page("not confirmed", LinkPages::confirmed, List.of(Map.of("is_active", false))),
                page("ended", LinkPages::ended, open),
                page("one ended", LinkPages::ended, ended),
                page("unknown", LinkPages::unknown, List.of()),
                page("failed", LinkPages::failed, List.of()));
        all = all.replace("\t", "<tab>");
        assertThat(Arrays.asList(all.split("\n"))).allMatch(line -> !line.contains("\u001b"));
        if (Boolean.getBoolean("update")) {
            Files.writeString(GOLDEN, all);
        }
        assertThat(all).isEqualTo(Files.readString(GOLDEN));
    }
}
