package dev.catchment.webhooks;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.Secrets;
import dev.catchment.http.HostGuard;
import dev.catchment.text.UrlSecrets;
import java.net.URI;
import java.util.Map;

/**
 * Where a delivery goes: a row of {@code webhooks/find-target} or {@code webhooks/find-webhook}.
 *
 * @param url its path may be a secret: only the origin is told
 * @param secretHash of the secret that its receiver was given
 */
record Target(String id, String name, URI url, String secretHash) {
    static Target of(Map<?, ?> row) {
        return new Target(
                row.get("id").toString(),
                row.get("name").toString(),
                URI.create(row.get("url").toString()),
                row.get("secret_hash").toString());
    }

    /** @throws PermanentFailure if the receiver could not verify what is signed now */
    SigningSecret secret(Secrets secrets) {
        SigningSecret secret = SigningSecret.of(secrets, id);
        if (!secret.hash().equals(secretHash)) {
            throw new PermanentFailure(
                    "%s is not the one with which the webhook %s was added: its receiver could not verify the signature. Set it as it was, or remove the webhook and add it again."
                            .formatted(SigningSecret.VARIABLE, name));
        }
        return secret;
    }

    /** @throws PermanentFailure for plain HTTP to hosts that are not of one's own network */
    static void requireTls(URI url, HostGuard guard) {
        if (!"https".equalsIgnoreCase(url.getScheme()) && !guard.mayBePrivate(url.getHost())) {
            throw new PermanentFailure(
                    "The URL has to begin with https://; http:// is allowed for hosts of webhooks.http.allow-private alone.");
        }
    }

    @Override
    public String toString() {
        return "webhook %s at %s".formatted(name, UrlSecrets.origin(url));
    }
}
