package dev.vorrang.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Speaks HTTP as a browser with the page does: it keeps the cookie and sends the CSRF token. */
public final class Browser {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, String> jar = new HashMap<>();
    private Optional<String> cookie = Optional.empty();
    private Optional<String> csrf = Optional.empty();

    Browser(URI url) {
        this.url = url;
    }

    /** Logs in with a link. */
    public static Browser with(ConsoleServer server) {
        var browser = new Browser(server.url());
        String token = server.loginLink().getFragment().replaceFirst("token=", "");
        browser.login("{\"token\":\"" + token + "\"}");
        return browser;
    }

    HttpResponse<String> login(String body) {
        var answer = post("/api/v1/session", body);
        answer.headers().firstValue("Set-Cookie").ifPresent(value -> cookie = Optional.of(value.split(";")[0]));
        if (answer.statusCode() == 204) {
            csrf = Optional.of(json(get("/api/v1/me")).path("csrf").textValue());
        }
        return answer;
    }

    /** Follows a link from anywhere, and keeps the cookies of the answer. */
    HttpResponse<String> visit(String address) {
        var request = HttpRequest.newBuilder(url.resolve(address)).timeout(Duration.ofSeconds(20));
        if (!jar.isEmpty()) {
            request.header("Cookie", String.join("; ", jar.values()));
        }
        var answer = send(request.GET());
        for (String each : answer.headers().allValues("Set-Cookie")) {
            String pair = each.split(";")[0];
            jar.put(pair.split("=")[0], pair);
            if (pair.startsWith("vorrang=")) {
                cookie = Optional.of(pair);
            }
        }
        return answer;
    }

    public Optional<String> cookie() {
        return cookie;
    }

    Optional<String> csrf() {
        return csrf;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /** A request with cookie and token. */
    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(20));
        cookie.ifPresent(value -> request.header("Cookie", value));
        csrf.ifPresent(value -> request.header("X-CSRF-Token", value));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
