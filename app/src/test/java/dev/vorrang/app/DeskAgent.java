package dev.vorrang.app;

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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Somebody at a console, over its HTTP API. A call that is not answered is made again with the same event, by a new session where the old
 * one has ended, until it is answered. For one thread, besides {@link #answers}, {@link #retried} and {@link #end}.
 */
final class DeskAgent implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** Several want the same mails. */
    private static final int CHOICE = 4;

    private static final int CORRECTED = 5;

    private final URI api;
    private final String name;
    private final String password;
    private final Random random;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> retried = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private String csrf = "";

    /** What the console said of an event. */
    record Answer(String record, DeskEventType type, boolean counted) {}

    DeskAgent(URI console, String name, String password) {
        this.api = console.resolve("/api/v1/");
        this.name = name;
        this.password = password;
        this.random = new Random(name.hashCode());
    }

    /** By id, the events that were answered. */
    Map<String, Answer> answers() {
        return answers;
    }

    /** Ids of events whose first call was not answered. */
    Set<String> retried() {
        return retried;
    }

    /** No more mails will come: it stops when none is open. */
    void end() {
        ended.set(true);
    }

    /** Takes open mails, corrects some, and finishes them. */
    @Override
    public void run() {
        for (JsonNode open = open(); !open.isEmpty(); open = open()) {
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

    /** Open mails; none only after the end. */
    private JsonNode open() {
        return await().dontCatchUncaughtExceptions()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .until(() -> records("status=OPEN&limit=20"), page -> !page.isEmpty() || ended.get());
    }

    /** Mails that meet a query. */
    JsonNode records(String query) {
        return page(query).get("items");
    }

    /** A page of mails. */
    JsonNode page(String query) {
        return call("GET", "streams/mail/records?" + query, null);
    }

    /** All of a mail. */
    JsonNode record(String id) {
        return call("GET", "streams/mail/records/" + id, null);
    }

    private boolean act(String record, DeskEventType type) {
        String id = UUID.randomUUID().toString();
        ObjectNode event = JSON.createObjectNode().put("id", id).put("type", type.name());
        if (type == DeskEventType.CORRECTED) {
            event.putObject("corrections").put("topic", "outage");
        }
        boolean counted = call("POST", "streams/mail/records/" + record + "/events", event)
                .get("counted")
                .asBoolean();
        answers.put(id, new Answer(record, type, counted));
        return counted;
    }

    /** Finishes many mails with one action. @return how many of them that finished */
    int finish(List<String> records) {
        ObjectNode events =
                JSON.createObjectNode().put("id", UUID.randomUUID().toString()).put("type", DeskEventType.DONE.name());
        records.forEach(events.putArray("records")::add);
        int counted = 0;
        for (JsonNode result : call("POST", "streams/mail/events", events).get("results")) {
            counted += result.get("counted").asBoolean() ? 1 : 0;
        }
        return counted;
    }

    /** The answer, sooner or later. */
    private JsonNode call(String method, String path, ObjectNode body) {
        return await().dontCatchUncaughtExceptions()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                .until(() -> attempt(method, path, body), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> attempt(String method, String path, ObjectNode body) throws InterruptedException {
        try {
            HttpResponse<String> answer = send(method, path, body);
            if (answer.statusCode() == 401) {
                logIn();
                return Optional.empty();
            }
            if (answer.statusCode() == 200) {
                return Optional.of(JSON.readTree(answer.body()));
            }
        } catch (IOException e) {
            // The console is away, or was killed before it answered.
        }
        if (body != null) {
            retried.add(body.get("id").asText());
        }
        return Optional.empty();
    }

    private void logIn() throws IOException, InterruptedException {
        send("POST", "session", JSON.createObjectNode().put("user", name).put("password", password));
        csrf = JSON.readTree(send("GET", "me", null).body()).path("csrf").asText();
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
