package dev.catchment.flow.walk;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a kind of source is walked: what differs from one API to another. Queries are given without the question mark.
 *
 * @param reader where records, total, key and moment of change stand
 * @param key what a key looks like: another one is no place to resume from
 * @param scroll query of a page in the order of keys, with {@code {cursor}} (empty on the first page) and {@code {size}}
 * @param since query of a page newest first, with {@code {offset}} and {@code {size}}
 * @param window as many records as {@code since} shows at the most, and the most that a total announces
 * @param lookUp query of certain records, with {@code {keys}}, separated by commas
 * @param lookUpSize keys of one look-up, beside its control
 * @param smallestPage records of a page that is not halved any more
 */
public record WalkKind(
        PageReader reader,
        Pattern key,
        String scroll,
        String since,
        int window,
        String lookUp,
        int lookUpSize,
        int smallestPage) {

    boolean isKey(String text) {
        return text != null && key.matcher(text).matches();
    }

    String scroll(String cursor, int size) {
        return scroll.replace("{cursor}", cursor == null ? "" : cursor).replace("{size}", String.valueOf(size));
    }

    String since(int offset, int size) {
        return since.replace("{offset}", String.valueOf(offset)).replace("{size}", String.valueOf(size));
    }

    String lookUp(List<String> keys) {
        return lookUp.replace("{keys}", String.join(",", keys));
    }
}
