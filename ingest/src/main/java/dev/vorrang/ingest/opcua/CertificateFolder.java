package dev.vorrang.ingest.opcua;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;

/**
 * The folder of certificates: {@code own/client.p12} with the program's key and {@code own/client.der} to hand to servers, both
 * made once if they are not there; {@code trusted/certs} with the servers' certificates, or those that issued them, that are
 * trusted ({@code issuer/certs} completes chains, {@code crl} beside each revokes), read anew for each check; {@code rejected} with
 * what was refused. Host names are not checked, as the trust list names single servers; validity and application URI are. Safe for
 * use by many threads and programs.
 */
public final class CertificateFolder implements CertificateValidator {

    private static final String ALIAS = "client";
    private static final int KEY_BITS = 2048;
    private static final Set<ValidationCheck> CHECKS =
            Set.of(ValidationCheck.APPLICATION_URI, ValidationCheck.VALIDITY);

    /** Milo says the latter where no path leads from the certificate to one that is trusted. */
    private static final Set<Long> NOT_TRUSTED =
            Set.of(StatusCodes.Bad_CertificateUntrusted, StatusCodes.Bad_SecurityChecksFailed);

    /** Key and certificate of this program. */
    record Own(KeyPair keys, X509Certificate certificate, String applicationUri) {}

    private final Path folder;
    private final char[] password;

    /** @param password protects the own key; may be empty */
    public CertificateFolder(Path folder, String password) {
        this.folder = folder;
        this.password = password.toCharArray();
    }

    /** File of the program's certificate, for the trust lists of servers. */
    public Path ownCertificate() {
        return folder.resolve("own").resolve("client.der");
    }

    /**
     * Key and certificate, made now if there are none.
     *
     * @throws IOException if they can be neither read nor made; the message names the file
     */
    Own own() throws IOException {
        Path file = folder.resolve("own").resolve("client.p12");
        try {
            synchronized (CertificateFolder.class) {
                if (!Files.exists(file)) {
                    make(file);
                }
            }
            return load(file, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("key store " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Reads the first key of a PKCS#12 file, with its certificate. */
    static Own load(Path file, char[] password) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(new File(file.toString()), password);
        for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
            String alias = aliases.nextElement();
            if (store.getKey(alias, password) instanceof PrivateKey key
                    && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return new Own(
                        new KeyPair(certificate.getPublicKey(), key),
                        certificate,
                        CertificateUtil.getSanUri(certificate).orElse(""));
            }
        }
        throw new IOException("there is no private key with a certificate in it");
    }

    private void make(Path file) throws IOException, GeneralSecurityException {
        String host = InetAddress.getLocalHost().getHostName();
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
        X509Certificate certificate = certificate(keys, host);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, keys.getPrivate(), password, new Certificate[] {certificate});
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), "client", ".new");
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        try (OutputStream out = Files.newOutputStream(fresh)) {
            store.store(out, password);
        }
        Files.write(ownCertificate(), certificate.getEncoded());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static X509Certificate certificate(KeyPair keys, String host) throws GeneralSecurityException {
        try {
            return new SelfSignedCertificateBuilder(keys)
                    .setCommonName("Vorrang on " + host)
                    .setApplicationUri("urn:" + host.replaceAll("[^A-Za-z0-9.-]", "-") + ":vorrang")
                    .addDnsName(host)
                    .build();
        } catch (Exception e) {
            throw new GeneralSecurityException("no certificate could be made: " + e.getMessage(), e);
        }
    }

    /**
     * Checks a server's certificate.
     *
     * @throws UaException if it is not trusted; the message names it and says how it would be
     */
    @Override
    public void validateCertificateChain(List<X509Certificate> chain, String applicationUri, String[] hosts)
            throws UaException {
        try (var trusted = FileBasedTrustListManager.createAndInitialize(folder)) {
            new DefaultServerCertificateValidator(trusted, CHECKS, new MemoryCertificateQuarantine())
                    .validateCertificateChain(chain, applicationUri, hosts);
        } catch (UaException e) {
            throw new UaException(e.getStatusCode().value(), rejection(chain.get(0), e), e);
        } catch (IOException e) {
            throw new UaException(StatusCodes.Bad_CertificateUntrusted, "trust list " + folder + ": " + e, e);
        }
    }

    private String rejection(X509Certificate certificate, UaException cause) {
        String fingerprint = fingerprint(certificate);
        String named = "certificate of the server, " + certificate.getSubjectX500Principal() + ", SHA-256 fingerprint "
                + fingerprint + ": ";
        if (!NOT_TRUSTED.contains(cause.getStatusCode().value())) {
            return named + OpcUaErrors.text(cause);
        }
        Path file = folder.resolve("rejected").resolve(fingerprint.replace(":", "") + ".der");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, certificate.getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            return named + "is not trusted; put it into " + folder.resolve("trusted/certs");
        }
        return named + "is not trusted. If the server shows the same fingerprint, move " + file + " to "
                + folder.resolve("trusted").resolve("certs");
    }

    /** SHA-256 over the certificate, in hex with colons, as servers and openssl show it. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256, and every certificate its bytes", e);
        }
    }
}
