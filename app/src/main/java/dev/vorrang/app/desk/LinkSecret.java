package dev.vorrang.app.desk;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.schemas.text.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that signs links where the settings have none. */
public final class LinkSecret {

    private static final String NAME = "link-secret";
    private static final int BYTES = 32;

    private LinkSecret() {}

    /**
     * That of a data folder, made if it has none.
     *
     * @param data closed to other users
     * @throws CommandFailedException if it can neither be read nor made
     */
    public static String of(Path data) {
        Path file = data.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                var secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                Path fresh = data.resolve(NAME + ".new");
                Files.writeString(fresh, Base64.getEncoder().encodeToString(secret) + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            String secret = Files.readString(file).strip();
            if (secret.length() < BYTES) {
                throw new CommandFailedException(
                        file + " has " + secret.length() + " characters: delete it, and another one is made");
            }
            KnownSecrets.add(secret);
            return secret;
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be read or made: allowed is a file of this user's own", e);
        }
    }
}
