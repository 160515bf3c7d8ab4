package dev.catchment.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.Secrets;
import dev.catchment.http.HostGuard;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A webhook that is to be added.
 *
 * @param parameters of {@code webhooks/insert-webhook}
 * @param secret to be shown this once
 */
record NewWebhook(Map<String, Object> parameters, SigningSecret secret) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 2000;
    private static final Map<String, List<String>> FILTERS = Map.of(
            "changes", List.of("q", "source", "portal", "country", "format", "publisher", "license", "kind"),
            "policy", List.of("source", "country"));

    /**
     * @param given name, url, feed, since, and the parameters of the feed
     * @param by who adds it; null for the command line
     * @throws PermanentFailure for what cannot be one, in words that say what to change
     */
    static NewWebhook of(Map<String, Object> given, String by, HostGuard guard, Secrets secrets) {
        String name = text(given, "name", "");
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
            throw new PermanentFailure(
                    "The name of a webhook takes 1 to 100 of a-z, 0-9, '.', '_' and '-', and begins with a letter or a digit.");
        }
        String feed = text(given, "feed", "changes");
        if (!FILTERS.containsKey(feed)) {
            throw new PermanentFailure("There is no feed %s. Feeds: changes, policy.".formatted(feed));
        }
        String id = UUID.randomUUID().toString();
        SigningSecret secret = SigningSecret.of(secrets, id);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", id);
        parameters.put("name", name);
        parameters.put("url", url(text(given, "url", ""), guard).toASCIIString());
        parameters.put("feed", feed);
        parameters.put("filter", filter(given, feed));
        parameters.put("secret_hash", secret.hash());
        parameters.put("since", given.get("since"));
        parameters.put("created_by", by == null ? "command line" : by);
        return new NewWebhook(parameters, secret);
    }

    private static String text(Map<String, Object> given, String field, String otherwise) {
        Object value = given.get(field);
        return value == null || value.toString().isBlank()
                ? otherwise
                : value.toString().strip();
    }

    private static String filter(Map<String, Object> given, String feed) {
        Map<String, String> filter = new TreeMap<>();
        for (String parameter : FILTERS.get("changes")) {
            String value = text(given, parameter, null);
            if (value != null && !FILTERS.get(feed).contains(parameter)) {
                throw new PermanentFailure("The feed %s is not narrowed by %s, but by %s."
                        .formatted(feed, parameter, String.join(", ", FILTERS.get(feed))));
            }
            if (value != null) {
                filter.put(parameter, value);
            }
        }
        try {
            return JSON.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it says is not repeated in errors: its path may be a secret. */
    private static URI url(String text, HostGuard guard) {
        URI url = parsed(text);
        if (!String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT).matches("https?")
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getFragment() != null
                || text.length() > LONGEST) {
            throw noUrl();
        }
        Target.requireTls(url, guard);
        try {
            guard.checkHost(url.getHost());
        } catch (UnknownHostException unknownNow) {
            // It may be known by the time of the first delivery, which is checked again.
        }
        return url;
    }

    private static URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw noUrl();
        }
    }

    private static PermanentFailure noUrl() {
        return new PermanentFailure(
                "The URL of a webhook is an address such as https://hooks.example.org/catchment, without a user, a password or a fragment.");
    }
}
