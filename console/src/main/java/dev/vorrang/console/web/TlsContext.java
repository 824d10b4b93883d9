package dev.vorrang.console.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads certificate and key. */
final class TlsContext {

    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private TlsContext() {}

    /** @throws IllegalArgumentException if they cannot be read or do not fit; the message names the file and what is allowed */
    static SSLContext of(TlsSettings settings) {
        try {
            char[] password = settings.password().orElse(new char[0]);
            KeyStore store = settings.key().isPresent()
                    ? pem(settings.certificate(), settings.key().get())
                    : pkcs12(settings);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, settings.key().isPresent() ? new char[0] : password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    settings.certificate() + ": " + e.getMessage()
                            + "; allowed is a PKCS 12 key store and its password, or a certificate chain in PEM with its key",
                    e);
        }
    }

    private static KeyStore pkcs12(TlsSettings settings) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(settings.certificate())) {
            store.load(in, settings.password().orElse(new char[0]));
        }
        return store;
    }

    private static KeyStore pem(Path certificate, Path key) throws IOException, GeneralSecurityException {
        Certificate[] chain;
        try (var in = Files.newInputStream(certificate)) {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(new Certificate[0]);
        }
        if (chain.length == 0) {
            throw new GeneralSecurityException("it has no certificate");
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("console", key(key), new char[0], chain);
        return store;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher found = PEM_KEY.matcher(Files.readString(file));
        if (!found.find()) {
            throw new GeneralSecurityException(
                    file + " has no PRIVATE KEY in PEM without a password; 'openssl pkcs8 -topk8 -nodes' makes one");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // Of another algorithm, perhaps.
            }
        }
        throw new GeneralSecurityException(file + " has a key that is none of " + String.join(", ", ALGORITHMS));
    }
}
