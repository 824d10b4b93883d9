package dev.vorrang.ingest.connection;

import dev.vorrang.schemas.text.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password; it is read anew for each login, and shown nowhere. Safe for use by many threads. */
@FunctionalInterface
public interface Password {

    /** @throws IOException if there is none to be had now; the message does not show it */
    String read() throws IOException;

    /** A password that does not change. */
    static Password of(String password) {
        KnownSecrets.add(password);
        return () -> password;
    }

    /** The first line of a file, so that it can be changed without a restart. */
    static Password file(Path file) {
        return () -> {
            try (var lines = Files.newBufferedReader(file)) {
                String line = lines.readLine();
                if (line == null || line.isBlank()) {
                    throw new IOException("password file " + file + " is empty; its first line must be the password");
                }
                KnownSecrets.add(line);
                return line;
            }
        };
    }
}
