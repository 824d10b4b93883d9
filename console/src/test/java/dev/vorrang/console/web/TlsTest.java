package dev.vorrang.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.console.MemoryConsole;
import dev.vorrang.console.access.AccessSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final String PASSWORD = "changeit";
    private static final int PROTOCOL_VERSION = 70;

    @TempDir
    private Path folder;

    private Path keyStore;
    private KeyStore keys;

    @BeforeEach
    void makeCertificate() throws Exception {
        keyStore = folder.resolve("console.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "console",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD,
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor())
                .as(new String(process.getInputStream().readAllBytes()))
                .isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
    }

    @Test
    void shouldServeByAKeyStoreWithSecureCookies() throws Exception {
        try (var server = start(new TlsSettings(keyStore, Optional.empty(), Optional.of(PASSWORD.toCharArray())))) {
            var page = get(client("TLSv1.3"), server.url());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            String token = server.loginLink().getFragment().replaceFirst("token=", "");
            var login = client("TLSv1.2")
                    .send(
                            HttpRequest.newBuilder(server.url().resolve("/api/v1/session"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(login.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-vorrang=")
                    .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
                    .doesNotContain("Domain");
        }
    }

    @Test
    void shouldServeByCertificateAndKeyInPem() throws Exception {
        Path certificate = folder.resolve("console.pem");
        Path key = folder.resolve("console.key");
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("console").getEncoded()));
        Files.writeString(
                key,
                pem(
                        "PRIVATE KEY",
                        keys.getKey("console", PASSWORD.toCharArray()).getEncoded()));
        try (var server = start(new TlsSettings(certificate, Optional.of(key), Optional.empty()))) {
            assertThat(get(client("TLSv1.3"), server.url()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseOldProtocols() throws Exception {
        try (var server = start(new TlsSettings(keyStore, Optional.empty(), Optional.of(PASSWORD.toCharArray())))) {
            // A client of this JDK would not even ask.
            assertThat(alertTo(hello(0x02), server.url())).isEqualTo(PROTOCOL_VERSION);
            assertThat(alertTo(hello(0x01), server.url())).isEqualTo(PROTOCOL_VERSION);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithCertificates() {
        assertThatThrownBy(() -> start(new TlsSettings(keyStore, Optional.empty(), Optional.of("wrong".toCharArray()))))
                .hasMessageContaining(keyStore.toString())
                .hasMessageContaining("allowed is a PKCS 12 key store and its password");
        assertThatThrownBy(() ->
                        start(new TlsSettings(folder.resolve("none.pem"), Optional.of(keyStore), Optional.empty())))
                .hasMessageContaining("none.pem");
    }

    @Test
    void shouldRefuseOtherAddressesWithoutTls() {
        assertThatThrownBy(() -> new ConsoleSettings(
                        "0.0.0.0", 0, Optional.empty(), Optional.empty(), false, AccessSettings.LINKS_ALONE))
                .hasMessageContaining("address '0.0.0.0': without TLS allowed is an address of this machine alone");
        assertThatThrownBy(() -> new ConsoleSettings(
                        "0.0.0.0", 0, Optional.empty(), Optional.empty(), true, AccessSettings.LINKS_ALONE))
                .hasMessageContaining("behind-proxy: allowed with a public-url that starts with https");
    }

    /** A ClientHello (RFC 5246, 7.4.1.2) of TLS 1.0, minor 1, or 1.1, minor 2. */
    private static byte[] hello(int minor) {
        var hello = ByteBuffer.allocate(50);
        hello.put(new byte[] {0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, (byte) minor});
        hello.put(new byte[32]);
        // No session, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, no compression.
        hello.put(new byte[] {0, 0, 2, (byte) 0xc0, 0x09, 1, 0});
        return hello.array();
    }

    /** Which alert (RFC 5246, 7.2) answers. */
    private static int alertTo(byte[] hello, URI url) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello);
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertThat(answer).hasSize(7).startsWith(0x15);
            return answer[6];
        }
    }

    private static ConsoleServer start(TlsSettings tls) {
        return ConsoleServer.start(
                new ConsoleSettings(
                        "127.0.0.1", 0, Optional.of(tls), Optional.empty(), false, AccessSettings.LINKS_ALONE),
                new MemoryConsole().services());
    }

    private HttpClient client(String protocol) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("console", keys.getCertificate("console"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, URI url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }
}
