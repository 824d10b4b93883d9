package dev.vorrang.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vorrang.console.api.OpenApi;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import java.util.ArrayList;
import java.util.List;

/** The route of the API's description. */
final class DescriptionRoutes {

    static final String BASE = "/api/v1";
    private static final String VERSION = "1";

    private DescriptionRoutes() {}

    /** All routes: those that are given, and the one that describes them and itself. */
    static List<Route<?>> with(List<Route<?>> routes, SessionCookie cookie) {
        var all = new ArrayList<>(routes);
        var description = new JsonNode[1];
        all.add(Route.get("/openapi.json")
                .answers(JsonNode.class)
                .doc("This description.")
                .to(call -> Reply.of(description[0])));
        description[0] = OpenApi.of(all, BASE, cookie.name(), VERSION);
        return List.copyOf(all);
    }
}
