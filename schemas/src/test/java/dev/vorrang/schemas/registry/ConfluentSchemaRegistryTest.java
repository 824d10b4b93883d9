package dev.vorrang.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How faults of a registry look to us; the server here has nothing but faults and one schema. */
class ConfluentSchemaRegistryTest {

    private static final Schema TEXT = Schema.create(Schema.Type.STRING);
    private static final String FOUND = "{\"schema\": \"\\\"string\\\"\"}";

    @TempDir
    Path folder;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile boolean conflict;
    private volatile String body = FOUND;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpServer serve(HttpServer any) {
        any.createContext("/", this::answer);
        any.start();
        return any;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            boolean registers = exchange.getRequestURI().getPath().endsWith("/versions");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(registers && conflict ? 409 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private ConfluentSchemaRegistry connect(String... more) {
        var settings = new HashMap<String, Object>(Map.of("schema.registry.url", url()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return ConfluentSchemaRegistry.connect(settings);
    }

    private void answerWith(int newStatus, int code, String message) {
        status = newStatus;
        body = "{\"error_code\": " + code + ", \"message\": \"" + message + "\"}";
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void shouldSayThatAnotherTryMayHelp(int code) {
        try (var registry = connect()) {
            answerWith(code, code, "busy");
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(Integer.toString(code))
                    .hasMessageContaining(url());
            assertThatThrownBy(() -> registry.idOf("s", TEXT)).isInstanceOf(RegistryUnavailableException.class);

            status = 200;
            body = FOUND;
            assertThat(registry.schemaOf(1)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldNameTheSettingsWhenCredentialsAreRefused(int code) {
        try (var registry =
                connect("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "anna:geheim")) {
            answerWith(code, code, "no");
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("basic.auth.user.info")
                    .hasMessageContaining("bearer.auth")
                    .hasMessageNotContaining("geheim");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void shouldSayThatTheSchemaIsRefused(int code) {
        try (var registry = connect()) {
            answerWith(code, code == 409 ? 409 : 42201, "does not fit");
            assertThatThrownBy(() -> registry.idOf("mail.received-value", TEXT))
                    .isInstanceOf(SchemaRejectedException.class)
                    .hasMessageContaining("mail.received-value")
                    .hasMessageContaining("does not fit");
        }
    }

    @Test
    void shouldFindWhatAnotherRegisteredAtTheSameTime() {
        try (var registry = connect()) {
            conflict = true;
            body = "{\"subject\": \"s\", \"id\": 7, \"version\": 1, \"schema\": \"\\\"string\\\"\"}";
            assertThat(registry.idOf("s", TEXT)).isEqualTo(7);
        }
    }

    @Test
    void shouldAskAgainForWhatWasNotFound() {
        try (var registry = connect()) {
            answerWith(404, 40403, "Schema 1 not found");
            assertThatThrownBy(() -> registry.schemaOf(1)).isInstanceOf(SchemaNotFoundException.class);

            status = 200;
            body = FOUND;
            assertThat(registry.schemaOf(1)).isEqualTo(TEXT);
        }
    }

    @Test
    void shouldAskOnceForWhatWasFound() {
        try (var registry = connect()) {
            registry.schemaOf(1);
            registry.schemaOf(1);
            assertThat(authorizations).hasSize(1);
        }
    }

    /** A wrong address must not turn every record into a dead letter. */
    @Test
    void shouldTellAWrongAddressFromAnUnknownId() {
        try (var registry = connect()) {
            status = 404;
            body = "<html>Not here</html>";
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("schema.registry.url");
            status = 200;
            body = "<html>Welcome</html>";
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("schema.registry.url");
        }
    }

    @Test
    void shouldNotFindASchemaThatIsNoAvro() {
        try (var registry = connect()) {
            body = "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message A {}\"}";
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(SchemaNotFoundException.class)
                    .hasMessageContaining("not an Avro schema");
            body = "{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}";
            assertThatThrownBy(() -> registry.schemaOf(2)).isInstanceOf(SchemaNotFoundException.class);
        }
    }

    @Test
    void shouldNotWaitForeverForAnAnswer() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var registry = ConfluentSchemaRegistry.connect(Map.of(
                        "schema.registry.url",
                        "http://127.0.0.1:" + silent.getLocalPort(),
                        "http.read.timeout.ms",
                        "200"))) {
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("timed out");
        }
    }

    @Test
    void shouldTryTheNextAddress() {
        try (var registry =
                ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "http://127.0.0.1:1, " + url()))) {
            assertThat(registry.schemaOf(1)).isEqualTo(TEXT);
        }
    }

    @Test
    void shouldSendBasicCredentialsAndShowThemNowhere() {
        String basic = "Basic YW5uYTpnZWhlaW0=";
        try (var named = connect("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "anna:geheim");
                var prefixed = connect(
                        "schema.registry.basic.auth.credentials.source",
                        "USER_INFO",
                        "schema.registry.basic.auth.user.info",
                        "anna:geheim");
                var inUrl = ConfluentSchemaRegistry.connect(
                        Map.of("schema.registry.url", url().replace("//", "//anna:geheim@")))) {
            for (ConfluentSchemaRegistry registry : List.of(named, prefixed, inUrl)) {
                registry.schemaOf(1);
                assertThat(registry.toString()).isEqualTo("registry " + url());
            }
        }
        assertThat(authorizations).containsExactly(basic, basic, basic);
    }

    @Test
    void shouldSendABearerToken() {
        try (var registry = connect("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken")) {
            registry.schemaOf(1);
        }
        assertThat(authorizations).containsExactly("Bearer t0ken");
    }

    @Test
    void shouldCheckTheCertificateAgainstTheTrustStoreOfTheSettings() throws Exception {
        Path store = folder.resolve("registry.p12");
        keytool(store);
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
        serve(https);
        String address = "https://127.0.0.1:" + https.getAddress().getPort();
        try (var trusting = ConfluentSchemaRegistry.connect(Map.of(
                        "schema.registry.url",
                        address,
                        "schema.registry.ssl.truststore.location",
                        store.toString(),
                        "schema.registry.ssl.truststore.type",
                        "PKCS12",
                        "schema.registry.ssl.truststore.password",
                        "changeit"));
                var careful = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", address))) {
            assertThat(trusting.schemaOf(1)).isEqualTo(TEXT);
            assertThatThrownBy(() -> careful.schemaOf(1)).isInstanceOf(RegistryUnavailableException.class);
        } finally {
            https.stop(0);
        }
    }

    private static void keytool(Path store) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        (tool + " -genkeypair -alias registry -keyalg EC -dname CN=registry -ext san=ip:127.0.0.1"
                                        + " -storetype PKCS12 -storepass changeit -keystore " + store)
                                .split(" ")))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static SSLContext tls(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), null, null);
        return context;
    }
}
