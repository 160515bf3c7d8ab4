package dev.catchment.policy.page;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a body is by its first bytes. Its header is only asked where they say nothing: headers err more often. */
public enum ContentType {
    EMPTY("nothing"),
    HTML("a page"),
    PDF("a PDF"),
    OTHER("neither a page nor a PDF");

    private static final int SNIFFED = 1024;
    /** The tags of the MIME Sniffing Standard, section 7.1, anywhere: servers put comments and scripts first. */
    private static final Pattern TAG = Pattern.compile(
            "<(!doctype html|!--|(html|head|body|script|title|meta|link|style|table|div|h1|p|br|a|iframe)\\b)",
            Pattern.CASE_INSENSITIVE);

    private final String words;

    ContentType(String words) {
        this.words = words;
    }

    /** @param declared the Content-Type header; may be null */
    public static ContentType of(byte[] body, String declared) {
        String start = new String(body, 0, Math.min(body.length, SNIFFED), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00FE\u00FF") || start.startsWith("\u00FF\u00FE")) {
            start = start.replace("\0", ""); // UTF-16, whose tags are ASCII and zeroes
        }
        if (start.isBlank() && body.length <= SNIFFED) {
            return EMPTY;
        }
        // PDF allows 1,024 bytes before its mark: ISO 32000-1, annex H, note 13.
        if (start.contains("%PDF-")) {
            return PDF;
        }
        return TAG.matcher(start).find() || isText(start) && declaresHtml(declared) ? HTML : OTHER;
    }

    private static boolean isText(String start) {
        return start.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f');
    }

    private static boolean declaresHtml(String declared) {
        return declared != null && declared.toLowerCase(Locale.ROOT).matches("(text/html|application/xhtml).*");
    }

    @Override
    public String toString() {
        return words;
    }
}
