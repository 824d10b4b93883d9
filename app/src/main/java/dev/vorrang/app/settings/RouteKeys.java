package dev.vorrang.app.settings;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import java.util.ArrayList;
import java.util.List;

/** The keys {@code streams.mail.routes} and {@code streams.mail.fallback-queue}, and how they become {@link Routes}. */
public final class RouteKeys {

    private static final String ROUTES = "streams.mail.routes";
    private static final Kind<String> QUEUE_NAME = Kind.text(
                    "up to 100 of a-z, 0-9, '_' and '-', the first a letter or digit", ".+")
            .map(RouteKeys::queue);

    public static final Section KEYS = new Section(
            "streams.mail",
            "Routes of mails",
            "Routes of mails to queues. The first matching route ends the search, unless it has `continue: true`.");

    private static final Key<String> QUEUE =
            KEYS.add(Key.of("routes[].queue", QUEUE_NAME, "Queue of the route; its topic is `mail.route.<queue>`.")
                    .shown("archive", "support-billing", "urgent", "billing"));
    private static final Key<String> WHEN = KEYS.add(Key.of(
                    "routes[].when",
                    Kind.text().named("a CEL expression"),
                    "Condition of the route: a CEL expression, see "
                            + "[Conditions](settings.md#conditions). The first matching route ends the search.")
            .shown(
                    "mail.automatic == \"NONE\"",
                    "mail.deliveredTo.exists(address, address.startsWith(\"support+billing@\"))",
                    "priority == \"URGENT\"",
                    "score.topic == \"billing\" && priorityScore >= 0.25"));
    private static final Key<Boolean> CONTINUE =
            KEYS.add(Key.of("routes[].continue", Kind.flag(), "false", "Whether later routes may match as well.")
                    .example("true", "", "", ""));
    private static final Key<String> FALLBACK = KEYS.add(Key.of(
            "fallback-queue",
            QUEUE_NAME,
            Routes.UNSORTED,
            "Queue for mails that no route matches, and for mails on which the model abstains. People sort them."));

    private RouteKeys() {}

    public static Routes read(SettingsReader reader) {
        int size = reader.size(ROUTES);
        var fallback = reader.get(FALLBACK);
        if (size == 0) {
            return Routes.of(reader.isEmptyList(ROUTES) ? List.of() : Routes.defaultRoutes(), fallback);
        }
        var routes = new ArrayList<Route>();
        for (int place = 0; place < size; place++) {
            int at = place;
            var queue = reader.require(QUEUE, "each route has a queue", place);
            var when = reader.require(WHEN, "each route has a condition", place);
            var goOn = reader.get(CONTINUE, place);
            if (queue.isPresent() && when.isPresent()) {
                var route = new Route(queue.get(), when.get(), goOn);
                reader.make(WHEN.at(at), () -> Routes.of(List.of(route), fallback))
                        .ifPresent(valid -> routes.add(route));
            }
        }
        return Routes.of(routes, fallback);
    }

    private static String queue(String name) {
        new Topics("").mailRoute(name);
        return name;
    }
}
