package dev.catchment.flow.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.http.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message as JSON for a program. Headers are those of the Standard Webhooks specification: an id that stays the same however
 * often a message is posted, the moment, and a signature over both and the body.
 */
public final class SignedPost {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long LARGEST_ANSWER = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SignedPost() {}

    public static HttpCall of(URI url, ClaimedMessage outgoing, byte[] key) throws JsonProcessingException {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", outgoing.messageId());
        body.put("type", outgoing.kind());
        outgoing.content().properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        byte[] bytes = JSON.writeValueAsBytes(body);
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        byte[] head = (outgoing.messageId() + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return new HttpCall(
                        url,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "webhook-id",
                                outgoing.messageId(),
                                "webhook-timestamp",
                                timestamp,
                                "webhook-signature",
                                "v1," + Base64.getEncoder().encodeToString(hmac(key, head, bytes))),
                        LARGEST_ANSWER)
                .withBody(bytes);
    }

    /** HMAC-SHA256 of the parts, one after the other. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }
}
