package dev.catchment.policy.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.mail.Letter;
import dev.catchment.flow.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Which sources keep failing, and why; what is held for them to look at; which recovered. */
public record OperatorsLetter(List<Notice> failing, List<Notice> held, List<Notice> recovered) implements Letter {
    /** A source, and what there is to say of it. */
    public record Notice(String source, String url, String words) {}

    /** The notices of one kind. */
    public record Group(String heading, List<Notice> notices) {}

    static OperatorsLetter of(JsonNode notices) {
        return new OperatorsLetter(of(notices, "failing"), of(notices, "held"), of(notices, "recovered"));
    }

    private static List<Notice> of(JsonNode notices, String kind) {
        return StreamSupport.stream(notices.spliterator(), false)
                .filter(notice -> kind.equals(notice.path("kind").asText()))
                .map(notice ->
                        new Notice(MailText.line(notice, "source"), MailText.line(notice, "url"), words(notice, kind)))
                .toList();
    }

    private static String words(JsonNode notice, String kind) {
        if (kind.equals("recovered")) {
            return "Since " + MailText.moment(MailText.line(notice, "created_at")) + ".";
        }
        String since = kind.equals("failing") ? notice.path("failing_since").asText("") : "";
        return "%s%s: %s"
                .formatted(
                        MailText.line(notice, "cause"),
                        since.isEmpty() ? "" : ", since " + MailText.moment(since),
                        MailText.line(notice, "detail"));
    }

    public List<Group> groups() {
        return List.of(
                        new Group("Keeps failing: changes go unnoticed", failing),
                        new Group("On hold: the text may be another page's; no alerts were sent", held),
                        new Group("Recovered", recovered))
                .stream()
                .filter(group -> !group.notices().isEmpty())
                .toList();
    }

    @Override
    public String subject() {
        List<String> parts = new ArrayList<>();
        if (!failing.isEmpty()) {
            parts.add(failing.size() == 1 ? "1 source keeps failing" : failing.size() + " sources keep failing");
        }
        if (!held.isEmpty()) {
            parts.add(held.size() == 1 ? "1 source is held" : held.size() + " sources are held");
        }
        if (!recovered.isEmpty()) {
            parts.add(
                    recovered.size() + (parts.isEmpty() && recovered.size() == 1 ? " source recovered" : " recovered"));
        }
        return "Catchment: " + String.join(", ", parts);
    }
}
