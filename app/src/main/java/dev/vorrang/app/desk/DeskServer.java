package dev.vorrang.app.desk;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.vorrang.console.desk.NotWrittenException;
import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.embedded.http.HttpCall;
import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.desk.AcknowledgeLink;
import dev.vorrang.schemas.desk.AcknowledgeLink.Content;
import dev.vorrang.schemas.desk.DeskEventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what people and programs say about records.
 *
 * <ul>
 *   <li>{@code GET /acknowledge?…}: a page with a button, and nothing else happens: what scans mails follows links, too.
 *   <li>{@code POST /acknowledge?…}: acknowledges the record of the link, if its signature is right and it has not expired; else 403.
 *   <li>{@code POST /desk/events}: one event in JSON, with {@code Authorization: Bearer <token>}; answers 202 when the broker has it.
 * </ul>
 *
 * <p>Without TLS: for this machine, or behind a proxy that has it. Thread-safe.
 */
public final class DeskServer {

    static final String EVENTS = "/desk/events";

    private static final Logger LOG = LoggerFactory.getLogger(DeskServer.class);

    private final Optional<AcknowledgeLink> links;
    private final Optional<String> token;
    private final Consumer<DeskEvent> events;
    private final Clock clock;

    private DeskServer(
            Optional<AcknowledgeLink> links, Optional<String> token, Consumer<DeskEvent> events, Clock clock) {
        this.links = links;
        this.token = token;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Starts to listen; the caller closes what is returned.
     *
     * @param listen port 0 for any that is free
     * @param links checks links; empty if there are none
     * @param token of programs that may write events; empty if none may
     * @param events takes them, from several threads; throws a {@link NotWrittenException} if it cannot
     * @throws UncheckedIOException if the port is taken or the address is not of this machine
     */
    public static HttpEndpoint start(
            InetSocketAddress listen,
            Optional<AcknowledgeLink> links,
            Optional<String> token,
            Consumer<DeskEvent> events,
            Clock clock) {
        var server = new DeskServer(links, token, events, clock);
        try {
            return HttpEndpoint.startForProvenRequests("desk", listen, Set.of("GET", "HEAD", "POST"), server::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "actions.acknowledge address " + listen.getHostString() + ":" + listen.getPort()
                            + " cannot be used: it is taken, or not of this machine. Choose another port, or 0 for any.",
                    e);
        }
    }

    private HttpAnswer answer(HttpCall call) {
        try {
            return switch (call.path()) {
                case AcknowledgeLink.PATH -> link(call);
                case EVENTS -> event(call);
                default -> HttpAnswer.text(404, "not found\n");
            };
        } catch (NotWrittenException e) {
            LOG.warn("A desk event was not taken: {}", e.getMessage());
            return HttpAnswer.text(503, "not available at the moment; try again\n")
                    .with("Retry-After", "10");
        }
    }

    private HttpAnswer link(HttpCall call) {
        Optional<Content> content = links.flatMap(each -> each.read(call.query()));
        if (content.isEmpty()) {
            return DeskPage.refused();
        }
        if (!call.method().equals("POST")) {
            return DeskPage.question(content.get());
        }
        String form = new String(call.body(), StandardCharsets.UTF_8);
        String name = AcknowledgeLink.parameters(form).getOrDefault("who", "");
        events.accept(content.get().acknowledged(name, "link", clock.instant()));
        return DeskPage.acknowledged(content.get());
    }

    private HttpAnswer event(HttpCall call) {
        if (!isAllowed(call.authorization())) {
            return HttpAnswer.text(401, "allowed is Authorization: Bearer, with actions.acknowledge.token\n")
                    .with("WWW-Authenticate", "Bearer realm=\"vorrang\"");
        }
        if (!call.method().equals("POST")) {
            return HttpAnswer.text(405, "allowed methods: POST\n").with("Allow", "POST");
        }
        try {
            var absent = new DeskEventJson.Absent(UUID.randomUUID().toString(), "", "", "api", clock.instant());
            DeskEvent event = DeskEventJson.read(call.body(), absent);
            events.accept(event);
            byte[] answer = ("{\"id\":\"" + jsonText(event.getId()) + "\"}\n").getBytes(StandardCharsets.UTF_8);
            return new HttpAnswer(202, "application/json", answer, Map.of());
        } catch (IllegalArgumentException e) {
            return HttpAnswer.text(400, e.getMessage() + "\n");
        }
    }

    private boolean isAllowed(String authorization) {
        byte[] given = authorization.getBytes(StandardCharsets.UTF_8);
        return token.filter(each -> MessageDigest.isEqual(("Bearer " + each).getBytes(StandardCharsets.UTF_8), given))
                .isPresent();
    }

    private static String jsonText(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
