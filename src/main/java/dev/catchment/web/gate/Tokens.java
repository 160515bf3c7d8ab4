package dev.catchment.web.gate;

import dev.catchment.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What nobody can guess. */
public final class Tokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private Tokens() {}

    /** 256 bits in 43 characters that may stand in a URL. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the forms of a login carry, so that no other site can send them. @param session its token */
    public static String ofForms(String session) {
        return Sha256.of("forms of " + session);
    }

    /** In a time that does not tell where they differ. */
    static boolean areSame(String given, String due) {
        return given != null
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), due.getBytes(StandardCharsets.UTF_8));
    }
}
