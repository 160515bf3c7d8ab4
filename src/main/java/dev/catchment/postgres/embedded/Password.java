package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The generated password of an embedded server, kept in a file that only its owner may read. */
final class Password {

    private static final int BYTES = 32;

    private Password() {}

    /**
     * Reads the password, and makes one for a server that is yet to be.
     *
     * @throws EmbeddedServerException if the file is gone while the data is there
     */
    static String of(ServerDirectory directory) throws IOException {
        Path file = directory.password();
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return Files.readString(file).strip();
        }
        if (Files.exists(directory.cluster())) {
            throw new EmbeddedServerException("The password file of the embedded PostgreSQL is gone: " + file
                    + ". Put it back from a backup; or move " + directory.root()
                    + " away to begin with an empty database.");
        }
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        DurableFile.write(file, password + "\n");
        return password;
    }
}
