package dev.catchment.policy.judge;

import dev.catchment.policy.page.Fetched;
import dev.catchment.text.Utf8;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as characters. Its charset is the first that is said: byte-order mark, header, meta element; where nothing is,
 * UTF-8 if the bytes are that, else windows-1252, which every byte sequence is.
 */
public record Decoded(String text, Charset charset) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int PRESCANNED = 2048;
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([\\w.:+-]+)");
    private static final Pattern META =
            Pattern.compile("(?is)<meta\\s[^>]*?" + CHARSET.pattern().substring(4));

    public static Decoded of(Fetched page) {
        byte[] body = page.body();
        Optional<Charset> marked = Optional.ofNullable(Utf8.marked(body));
        int mark = marked.map(charset -> StandardCharsets.UTF_8.equals(charset) ? 3 : 2)
                .orElse(0);
        Charset charset = marked.or(
                        () -> said(CHARSET, page.header("content-type").orElse("")))
                // Whose meta element can be read so is not UTF-16, whatever it says.
                .or(() -> said(META, start(body)).map(c -> c.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : c))
                .orElseGet(() -> Utf8.malformedAt(body, 0, body.length) < 0 ? StandardCharsets.UTF_8 : WINDOWS_1252);
        return new Decoded(new String(body, mark, body.length - mark, charset), charset);
    }

    private static String start(byte[] body) {
        return new String(body, 0, Math.min(PRESCANNED, body.length), StandardCharsets.ISO_8859_1);
    }

    private static Optional<Charset> said(Pattern where, String words) {
        Matcher matcher = where.matcher(words);
        return matcher.find() ? named(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** As the Encoding Standard has it: who says Latin-1 or ASCII means windows-1252. */
    private static Optional<Charset> named(String name) {
        if (name.matches("iso-?8859-?1|latin-?1|l1|(us-)?ascii")) {
            return Optional.of(WINDOWS_1252);
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }
}
