package dev.vorrang.ingest.connection;

import java.io.ByteArrayInputStream;
import java.io.File;
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

/** A certificate with its key, which a client proves with who it is. No message shows the key or a password. */
public final class ClientCertificate {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] IN_MEMORY = {};

    private ClientCertificate() {}

    /**
     * Reads PEM files.
     *
     * @param certificate the certificate, first, and those that it was issued under
     * @param key its key, PKCS#8 without a password ({@code BEGIN PRIVATE KEY})
     * @throws IOException if a file cannot be read or has something else in it; the message names the file
     */
    public static KeyManagerFactory pem(Path certificate, Path key) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key(key), IN_MEMORY, chain(certificate));
            return keys(store, IN_MEMORY);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "certificate " + certificate + " and key " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a PKCS#12 or JKS file.
     *
     * @throws IOException if the file cannot be read or the password is wrong; the message names the file
     */
    public static KeyManagerFactory store(Path file, char[] password) throws IOException {
        try {
            return keys(KeyStore.getInstance(new File(file.toString()), password), password);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IOException("key store " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManagerFactory keys(KeyStore store, char[] password) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return keys;
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        var bytes = new ByteArrayInputStream(Files.readAllBytes(file));
        var chain = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
        if (chain.isEmpty()) {
            throw new IOException("PEM file " + file + " cannot be used: there is no certificate in it");
        }
        return chain.toArray(Certificate[]::new);
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new IOException("key file " + file
                    + " cannot be used: allowed is PKCS#8 without a password, which begins with BEGIN PRIVATE KEY");
        }
        var key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm.
            }
        }
        throw new IOException("key file " + file + " cannot be used: allowed are keys of " + ALGORITHMS);
    }
}
