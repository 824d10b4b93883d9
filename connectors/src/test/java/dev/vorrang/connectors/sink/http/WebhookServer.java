package dev.vorrang.connectors.sink.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vorrang.connectors.imap.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Remembers what it gets; answers as the test says, then always 200, or as a vendor documents. */
public final class WebhookServer implements AutoCloseable {

    public record Request(String method, String path, Map<String, String> headers, String body) {}

    public record Answer(int status, Map<String, String> headers, String body) {

        static Answer of(int status) {
            return new Answer(status, Map.of(), "status " + status);
        }
    }

    private final HttpServer server;
    private volatile Function<Request, Answer> usual = request -> Answer.of(200);
    private final List<Request> requests = new ArrayList<>();
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();

    private WebhookServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    public static WebhookServer plain() throws IOException {
        return new WebhookServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** One that refuses what the vendor would refuse. */
    public static WebhookServer of(HttpFormat format) throws IOException {
        var server = plain();
        server.usual = request -> VendorRules.answer(format, request);
        return server;
    }

    public static WebhookServer tls(TestCertificate certificate) throws IOException, GeneralSecurityException {
        var password = TestCertificate.PASSWORD.toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(new File(certificate.store().toString()), password), password);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new WebhookServer(server);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        Answer answer;
        synchronized (this) {
            var request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            requests.add(request);
            answer = answers.isEmpty() ? usual.apply(request) : answers.remove();
        }
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    public synchronized WebhookServer answer(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> ids() {
        return requests().stream()
                .map(request -> request.headers().get("Idempotency-key"))
                .toList();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
