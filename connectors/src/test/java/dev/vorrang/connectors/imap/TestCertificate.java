package dev.vorrang.connectors.imap;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate for localhost that signs itself, made anew by the JDK's keytool.
 *
 * @param pem the certificate
 * @param key its key, PEM
 * @param store both, PKCS#12
 */
public record TestCertificate(Path pem, Path key, Path store) {

    public static final String PASSWORD = "changeit";

    public static TestCertificate make(Path folder) throws IOException, InterruptedException {
        var certificate = new TestCertificate(
                folder.resolve("server.pem"), folder.resolve("server.key"), folder.resolve("server.p12"));
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        certificate.store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool ended with " + process.exitValue());
        }
        try {
            var store = KeyStore.getInstance(new File(certificate.store.toString()), PASSWORD.toCharArray());
            write(certificate.pem, "CERTIFICATE", store.getCertificate("server").getEncoded());
            write(
                    certificate.key,
                    "PRIVATE KEY",
                    store.getKey("server", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return certificate;
    }

    private static void write(Path file, String type, byte[] der) throws IOException {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }
}
