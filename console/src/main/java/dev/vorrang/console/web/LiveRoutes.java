package dev.vorrang.console.web;

import dev.vorrang.console.access.Role;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import java.util.List;

/** The route of what is live. */
final class LiveRoutes {

    static final String MEDIA = "text/event-stream";

    private LiveRoutes() {}

    static List<Route<?>> routes() {
        return List.of(Route.get("/live")
                .role(Role.VIEWER)
                .media(MEDIA)
                .answers(String.class)
                .problems(503)
                .doc(
                        "Server-sent events as they happen: `scored` with a RecordSummary, `desk` with a state that changed, `health`;"
                                + " `reload` where the connection did not keep up, `logout` where the session ended, and then it is closed.")
                .to(call -> Reply.of(LiveStream.INSTANCE)));
    }
}
