package dev.catchment.web.gate;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;

/**
 * Hashes of passwords and of the secrets of keys. A password that is longer than bcrypt's 72 bytes is hashed by SHA-512 before,
 * so that what comes after them counts.
 */
public final class Bcrypt {
    /** 2^10 rounds: tens of milliseconds. */
    private static final int COST = 10;

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
    private static final BCrypt.Hasher HASHER = BCrypt.with(VERSION, LongPasswordStrategies.hashSha512(VERSION));
    private static final BCrypt.Verifyer VERIFYER =
            BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION));
    /** Of nothing anybody knows: who asks for a key that is not there waits as long as for one that is. */
    private static final String NOBODY = hash(Tokens.random());

    private Bcrypt() {}

    public static String hash(String secret) {
        return HASHER.hashToString(COST, secret.toCharArray());
    }

    /** @param hash null if there is nothing to compare with, which takes as long and is false */
    static boolean isOf(String secret, String hash) {
        String with = hash == null ? NOBODY : hash;
        return VERIFYER.verify(secret.getBytes(StandardCharsets.UTF_8), with.getBytes(StandardCharsets.UTF_8)).verified
                && hash != null;
    }
}
