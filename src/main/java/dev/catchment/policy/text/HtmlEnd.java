package dev.catchment.policy.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the markup of a page comes to its end: what a connection without a length cuts off is seen nowhere else. */
public final class HtmlEnd {
    /** What scripts and comments say of tags does not count, be they closed or not. */
    private static final Pattern END = Pattern.compile(
            "<!--.*?(?:-->|\\z)|<(script|style|template|textarea)\\b.*?(?:</\\1\\s*>|\\z)|(</(?:body|html)\\s*>)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private HtmlEnd() {}

    /** @param body in any charset whose tags are ASCII */
    public static boolean isThere(byte[] body) {
        Matcher tags = END.matcher(new String(body, StandardCharsets.ISO_8859_1));
        while (tags.find()) {
            if (tags.group(2) != null) {
                return true;
            }
        }
        return false;
    }
}
