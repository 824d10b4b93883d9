package dev.vorrang.app.settings;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import java.util.ArrayList;
import java.util.List;

/** The keys {@code routes} and {@code fallback-queue}, and how they become {@link Routes}. */
final class RouteKeys {

    private static final String ROUTES = "routes";
    private static final Kind<String> QUEUE_NAME = Kind.text(
                    "up to 100 of a-z, 0-9, '_' and '-', the first a letter or digit", ".+")
            .map(RouteKeys::queue);

    private static final Key<String> QUEUE =
            Key.of(ROUTES + "[].queue", QUEUE_NAME, "Queue that a route leads to; its topic is `mail.route.<queue>`.");
    private static final Key<String> WHEN = Key.of(
            ROUTES + "[].when",
            Kind.text().named("a CEL expression"),
            "Which mails it takes: a CEL expression, see below. The first route that takes a mail ends the search.");
    private static final Key<Boolean> CONTINUE = Key.of(
            ROUTES + "[].continue", Kind.flag(), "false", "Whether later routes may take the same mail as well.");
    private static final Key<String> FALLBACK = Key.of(
            "fallback-queue",
            QUEUE_NAME,
            Routes.UNSORTED,
            "Queue for mails that no route takes, and for all on which the model is not sure: people sort them.");

    static final List<Key<?>> KEYS = List.of(QUEUE, WHEN, CONTINUE, FALLBACK);

    private RouteKeys() {}

    static Routes read(SettingsReader reader) {
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
