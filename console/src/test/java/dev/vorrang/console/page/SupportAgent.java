package dev.vorrang.console.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vorrang.schemas.DeskEventType;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Takes open mails, corrects some, and finishes them, until there are none; a call that fails is made again with the same event. */
final class SupportAgent implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int CHOICE = 4;
    private static final int CORRECTED = 5;

    private final URI api;
    private final String name;
    private final String password;
    private final List<DeskEventType> answered;
    private final Random random;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private String csrf = "";

    /** @param answered takes the events that were answered as counted */
    SupportAgent(URI console, String name, String password, List<DeskEventType> answered) {
        this.api = console.resolve("/api/v1/");
        this.name = name;
        this.password = password;
        this.answered = answered;
        this.random = new Random(name.hashCode());
    }

    @Override
    public void run() {
        for (JsonNode open = open(); !open.isEmpty(); open = open()) {
            // Several want the same ones.
            String record = open.get(random.nextInt(Math.min(CHOICE, open.size())))
                    .get("id")
                    .asText();
            if (act(record, DeskEventType.CLAIMED)) {
                if (random.nextInt(CORRECTED) == 0) {
                    act(record, DeskEventType.CORRECTED);
                }
                act(record, DeskEventType.DONE);
            }
        }
    }

    private JsonNode open() {
        return call("GET", "streams/mail/records?status=OPEN&limit=20", null).get("items");
    }

    private boolean act(String record, DeskEventType type) {
        ObjectNode event =
                JSON.createObjectNode().put("id", UUID.randomUUID().toString()).put("type", type.name());
        if (type == DeskEventType.CORRECTED) {
            event.putObject("corrections").put("topic", "outage");
        }
        boolean counted = call("POST", "streams/mail/records/" + record + "/events", event)
                .get("counted")
                .asBoolean();
        if (counted) {
            answered.add(type);
        }
        return counted;
    }

    /** The answer, sooner or later. */
    private JsonNode call(String method, String path, JsonNode body) {
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                .until(() -> attempt(method, path, body), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> attempt(String method, String path, JsonNode body) throws InterruptedException {
        try {
            HttpResponse<String> answer = send(method, path, body);
            if (answer.statusCode() == 401) {
                send(
                        "POST",
                        "session",
                        JSON.createObjectNode().put("user", name).put("password", password));
                csrf = JSON.readTree(send("GET", "me", null).body())
                        .path("csrf")
                        .asText();
                return Optional.empty();
            }
            // 404: a console that has just started may not know the mail yet.
            return answer.statusCode() == 200 ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<String> send(String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("X-CSRF-Token", csrf)
                        .method(
                                method,
                                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }
}
