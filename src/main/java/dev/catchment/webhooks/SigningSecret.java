package dev.catchment.webhooks;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.mail.SignedPost;
import dev.catchment.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the posts of one webhook are signed with: derived from the one secret of the environment and the id of the webhook, so
 * that no table and no backup holds it, and that no receiver can sign for another.
 */
final class SigningSecret {
    static final String VARIABLE = "WEBHOOK_SECRET";
    private static final String PREFIX = "whsec_";

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    /**
     * @param id of the webhook
     * @throws PermanentFailure without the variable
     */
    static SigningSecret of(Secrets secrets, String id) {
        String master = secrets.get(VARIABLE);
        if (master == null || master.isBlank()) {
            throw new PermanentFailure(
                    "%s is not set in the environment: nothing can be signed. Set it to a long random text, the same"
                                    .formatted(VARIABLE)
                            + " for the service and for every command, for example to what 'openssl rand -base64 32' prints.");
        }
        return new SigningSecret(SignedPost.hmac(
                master.getBytes(StandardCharsets.UTF_8), ("webhook " + id).getBytes(StandardCharsets.UTF_8)));
    }

    byte[] key() {
        return key.clone();
    }

    /** As the receiver has it, in the form of the Standard Webhooks specification. */
    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** By which it is known again; 256 random bits are not found by trying. */
    String hash() {
        return Sha256.of(text());
    }

    @Override
    public String toString() {
        return "signing secret";
    }
}
