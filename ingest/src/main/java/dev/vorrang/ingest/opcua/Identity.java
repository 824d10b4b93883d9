package dev.vorrang.ingest.opcua;

import dev.vorrang.ingest.connection.Password;
import dev.vorrang.schemas.text.KnownSecrets;
import java.nio.file.Path;

/** As whom the source logs in. Secrets are in no {@code toString()}. */
public sealed interface Identity {

    /** As nobody. */
    record Anonymous() implements Identity {}

    /** By name and password. */
    record Login(String user, Password password) implements Identity {

        @Override
        public String toString() {
            return "user " + user;
        }
    }

    /**
     * By certificate of the user, which is another than that of the program.
     *
     * @param store PKCS#12 file with certificate and key
     * @param password of the file and its key
     */
    record Certificate(Path store, String password) implements Identity {
        public Certificate {
            KnownSecrets.add(password);
        }

        @Override
        public String toString() {
            return "user certificate " + store;
        }
    }
}
