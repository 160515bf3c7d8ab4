package dev.catchment.policy.mail;

/** One text written twice as it grows: plain, and as HTML in which nothing of it is markup. */
final class MailBody {
    private static final String DOCUMENT = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head>"
            + "<body style=\"font-family:sans-serif\">\n%s</body></html>\n";

    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    /** What came from elsewhere on one line: a name with a line break in it ends neither header nor paragraph. */
    static String line(String text) {
        return visible(text).replaceAll("\\s+", " ").strip();
    }

    /** Without what a terminal would take for an order. */
    private static String visible(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\n\t]]", " ");
    }

    MailBody heading(String text) {
        plain.append("\n== ").append(line(text)).append(" ==\n\n");
        html.append("<h2>").append(escaped(line(text))).append("</h2>\n");
        return this;
    }

    MailBody paragraph(String text) {
        plain.append(line(text)).append("\n\n");
        html.append("<p>").append(escaped(line(text))).append("</p>\n");
        return this;
    }

    /** A point of a list. @param url where it leads */
    MailBody item(String text, String url, String more) {
        plain.append("* %s%n  %s%n  %s%n%n".formatted(line(text), line(url), line(more)));
        html.append("<p>&bull; %s<br>%s<br>%s</p>%n".formatted(escaped(line(text)), anchor(url), escaped(line(more))));
        return this;
    }

    MailBody link(String text, String url) {
        plain.append(line(text)).append("\n  ").append(url).append("\n\n");
        html.append("<p>%s<br>%s</p>%n".formatted(escaped(line(text)), anchor(url)));
        return this;
    }

    /** A unified diff; what came is green, what went is red. */
    MailBody diff(String text) {
        String clean = visible(text).stripTrailing();
        plain.append(clean).append("\n\n");
        html.append("<pre style=\"white-space:pre-wrap\">");
        clean.lines()
                .forEach(line -> html.append("<span%s>".formatted(colour(line)))
                        .append(escaped(line))
                        .append("</span>\n"));
        html.append("</pre>\n");
        return this;
    }

    private static String colour(String line) {
        if (line.startsWith("+++") || line.startsWith("---")) {
            return "";
        }
        return line.startsWith("+")
                ? " style=\"background:#e6ffec\""
                : line.startsWith("-") ? " style=\"background:#ffebe9\"" : "";
    }

    private static String anchor(String url) {
        String shown = escaped(line(url));
        return url.matches("https?://\\S+") ? "<a href=\"%s\">%s</a>".formatted(shown, shown) : shown;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    String plain() {
        return plain.toString();
    }

    String html() {
        return DOCUMENT.formatted(html);
    }
}
