package dev.vorrang.ingest.connection;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom to trust, other than those that the Java platform trusts. Host names are checked either way. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * Trusts the certificates in a PEM file, and those issued under them, and no others.
     *
     * @throws IOException if the file cannot be read or has no certificate in it; the message names the file
     */
    public static TrustManagerFactory pem(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException("there is no certificate in it");
            }
            return trust(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("PEM file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Trusts the certificates in a PKCS#12 or JKS file and no others.
     *
     * @param password the file's password, or null if it has none
     * @throws IOException if the file cannot be read or the password is wrong; the message names the file
     */
    public static TrustManagerFactory store(Path file, char[] password) throws IOException {
        try {
            return trust(KeyStore.getInstance(new File(file.toString()), password));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IOException("trust store " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** A context in which these are trusted, for whoever proves nothing of itself. */
    public static SSLContext context(TrustManagerFactory trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }
}
