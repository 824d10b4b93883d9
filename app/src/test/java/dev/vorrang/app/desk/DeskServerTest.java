package dev.vorrang.app.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.console.desk.NotWrittenException;
import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.desk.AcknowledgeLink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acknowledgements by link, and desk events of programs. */
class DeskServerTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final byte[] SECRET = "Kiefernzapfen-am-Wegesrand".getBytes(StandardCharsets.UTF_8);
    private static final String TOKEN = "Tannenhaeher-im-Schnee";
    private static final Duration WEEK = Duration.ofDays(7);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<DeskEvent> events = new CopyOnWriteArrayList<>();
    private boolean down;
    private HttpEndpoint server;

    @BeforeEach
    void start() {
        server = start(NOW);
    }

    private HttpEndpoint start(Instant now) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        return DeskServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new AcknowledgeLink(SECRET, clock)),
                Optional.of(TOKEN),
                this::take,
                clock);
    }

    private void take(DeskEvent event) {
        if (down) {
            throw new NotWrittenException("the broker is down", null);
        }
        events.add(event);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String link(String record) {
        var action = Action.newBuilder()
                .setId("id")
                .setName("page")
                .setSink("pager")
                .setStream("mail")
                .setRecord(record)
                .setSeverity(Priority.URGENT)
                .setTitle("title")
                .setRecordKey("key")
                .setTime(NOW)
                .setLink("link")
                .setPosition(new Position("topic", 0, 0L))
                .setCreatedAt(NOW)
                .build();
        return new AcknowledgeLink(SECRET, Clock.systemUTC()).of(action, server.url(), WEEK);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String form) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "https://vorrang.example.org")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void shouldOnlyShowAPageWhenALinkIsFollowed() throws Exception {
        var page = get(link("m1"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<form method=\"post\">").contains("m1");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(events).isEmpty();
    }

    @Test
    void shouldAcknowledgeWhenTheButtonIsPressed() throws Exception {
        var page = post(link("<m1> & co?/ä"), "who=Anna+M%C3%BCller");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Acknowledged").contains("&lt;m1&gt; &amp; co?/");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getRecord()).isEqualTo("<m1> & co?/ä");
            assertThat(event.getType()).isEqualTo(DeskEventType.ACKNOWLEDGED);
            assertThat(event.getWho()).isEqualTo("Anna Müller");
            assertThat(event.getChannel()).isEqualTo("link");
            assertThat(event.getStream()).isEqualTo("mail");
            assertThat(event.getAt()).isEqualTo(NOW);
            assertThat(event.getId()).hasSizeLessThanOrEqualTo(100);
        });
        post(link("<m1> & co?/ä"), "");
        assertThat(events)
                .as("a link that is used twice is one event")
                .extracting(DeskEvent::getId)
                .containsOnly(events.get(0).getId());
    }

    @ParameterizedTest
    @CsvSource({
        "record=m1, record=m2",
        "stream=mail, stream=machine",
        "action=page, action=other",
        "expires=, expires=9",
        "signature=, signature=A",
        "signature=.*, ''",
        "\\?.*, ''",
    })
    void shouldRefuseALinkThatWasChanged(String part, String other) throws Exception {
        String forged = link("m1").replaceFirst(part, other);
        assertThat(forged).isNotEqualTo(link("m1"));

        assertThat(get(forged).statusCode()).isEqualTo(403);
        assertThat(post(forged, "").statusCode()).isEqualTo(403);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldRefuseALinkOfAnotherSecret() throws Exception {
        String query = URI.create(link("m1")).getRawQuery();

        assertThat(new AcknowledgeLink(SECRET, Clock.fixed(NOW, ZoneOffset.UTC)).read(query))
                .isPresent();
        assertThat(new AcknowledgeLink(new byte[] {1}, Clock.fixed(NOW, ZoneOffset.UTC)).read(query))
                .isEmpty();
    }

    @Test
    void shouldRefuseALinkThatHasExpired() throws Exception {
        String query = URI.create(link("m1")).getRawQuery();
        try (var later = start(NOW.plus(WEEK))) {
            var page = post(later.url() + "/acknowledge?" + query, "");
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("expired");
        }
        try (var justBefore = start(NOW.plus(WEEK).minusSeconds(1))) {
            assertThat(post(justBefore.url() + "/acknowledge?" + query, "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldSayThatItIsNotAvailable() throws Exception {
        down = true;

        var page = post(link("m1"), "");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(events(TOKEN, "{\"record\":\"m1\",\"stream\":\"mail\",\"type\":\"DONE\",\"who\":\"bot\"}")
                        .statusCode())
                .isEqualTo(503);
    }

    private HttpResponse<String> events(String token, String json) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.url().resolve("/desk/events"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void shouldTakeAnEventOfAProgram() throws Exception {
        var answer = events(TOKEN, """
                {"id": "e1", "record": "m1", "stream": "mail", "type": "CORRECTED", "who": "bot",
                 "corrections": {"topic": "billing"}, "comment": "seen"}
                """);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualToIgnoringWhitespace("{\"id\":\"e1\"}");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo(DeskEventType.CORRECTED);
            assertThat(event.getCorrections()).containsEntry("topic", "billing");
            assertThat(event.getChannel()).isEqualTo("api");
            assertThat(event.getAt()).isEqualTo(NOW);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "Tannenhaeher-im-Schne", "Tannenhaeher-im-Schneee"})
    void shouldTakeNothingWithoutTheToken(String token) throws Exception {
        assertThat(events(token, "{}").statusCode()).isEqualTo(401);
        assertThat(get(server.url() + "/desk/events").statusCode()).isEqualTo(401);
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | no JSON",
                "[] | allowed is one JSON object",
                "{\"record\":\"m1\",\"stream\":\"mail\",\"type\":\"SEEN\",\"who\":\"bot\"} | type 'SEEN': allowed is one of CLAIMED",
                "{\"record\":\"m1\",\"stream\":\"mail\",\"type\":\"DONE\"} | who of 0 characters: allowed are 1 to 500",
                "{\"record\":7} | record: allowed is text",
                "{\"recrod\":\"m1\"} | recrod: there is no such field; allowed are at, channel",
                "{\"record\":\"m1\",\"stream\":\"mail\",\"type\":\"DONE\",\"who\":\"b\",\"at\":\"now\"} | at 'now'",
            })
    void shouldSayWhatIsWrongWithAnEvent(String json, String problem) throws Exception {
        var answer = events(TOKEN, json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(problem);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldKnowNoOtherPath() throws Exception {
        assertThat(get(server.url() + "/").statusCode()).isEqualTo(404);
        var put = HttpRequest.newBuilder(URI.create(link("m1")))
                .PUT(BodyPublishers.noBody())
                .build();
        assertThat(client.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }
}
