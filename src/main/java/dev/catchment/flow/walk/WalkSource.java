package dev.catchment.flow.walk;

import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.http.HttpCall;
import dev.catchment.http.Spool;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** What is walked: one source of a kind. */
public final class WalkSource {
    private final Kind kind;
    private final Long id;
    private final Pattern key;
    private final String name;
    private final Placeholders placeholders;
    private final AccessToken token;
    private final PageReader reader;
    private final long gap;

    /**
     * A source.
     *
     * @param id its row, where it has one
     * @param name of the setting or the entry that says its URL, for errors
     */
    public WalkSource(Kind kind, Long id, String name, Placeholders placeholders, AccessToken token) {
        this.id = id;
        this.kind = kind;
        this.key =
                kind.key().pattern() == null ? null : Pattern.compile(kind.key().pattern());
        this.name = name;
        this.placeholders = placeholders;
        this.token = token;
        this.reader = new PageReader(kind);
        String rate = placeholders.value("option.requests-per-second");
        this.gap = rate == null ? kind.polite().gapMilliseconds() : (long) Math.ceil(1000 / Double.parseDouble(rate));
    }

    public Kind kind() {
        return kind;
    }

    public Long id() {
        return id;
    }

    String name() {
        return name;
    }

    AccessToken token() {
        return token;
    }

    /** Whether it is asked without its token once that was refused. */
    boolean dropsToken() {
        return kind.auth() == null || kind.auth().isDroppedOn403();
    }

    public Placeholders placeholders() {
        return placeholders;
    }

    boolean isKey(String text) {
        return text != null && (key == null || key.matcher(text).matches());
    }

    PageReader reader() {
        return reader;
    }

    /** The URL of its records with a query. */
    String url(Map<String, String> query) {
        return Placeholders.withQuery(placeholders.url(kind.request().url()), query);
    }

    /**
     * A request for one page of records.
     *
     * @param calledOff opens when the answer is not wanted any more
     */
    HttpCall call(String url, HttpCall.BodyReader<?> reader, CountDownLatch calledOff) {
        return guarded(new HttpCall(url, headers(), reader, calledOff));
    }

    /** The same for a document of any size. */
    HttpCall call(String url, Spool spool, CountDownLatch calledOff) {
        return guarded(new HttpCall(url, headers(), spool, calledOff));
    }

    private Map<String, String> headers() {
        return placeholders.values(kind.request().headers());
    }

    /** The secret goes to the origin of the source alone. */
    private HttpCall guarded(HttpCall call) {
        URI asked = URI.create(call.url());
        URI ours = URI.create(placeholders.url("{source.url}"));
        boolean isOurs = Objects.equals(asked.getScheme(), ours.getScheme())
                && Objects.equals(asked.getRawAuthority(), ours.getRawAuthority());
        call.setPace(gap, kind.polite().quota(), kind.polite().host());
        return isOurs ? call.withSecrets(token.headers()) : call;
    }

    /** A request for certain records. */
    HttpCall call(List<String> keys, CountDownLatch calledOff) {
        Kind.Batch batch = kind.gone().batch();
        return call(
                url(placeholders.with("keys", String.join(",", keys)).values(batch.query())), reader::read, calledOff);
    }

    /** Keys that one look-up asks for, beside its control. */
    int lookUpSize() {
        return kind.gone().batch().of();
    }
}
