package dev.vorrang.app.settings;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The keys {@code routes} of a stream. */
public final class RouteKeys {

    private static final Kind<String> QUEUE_NAME = Kind.text(
                    "up to 100 of a-z, 0-9, '_' and '-', the first a letter or digit", ".+")
            .map(RouteKeys::checked);

    private final Section section;
    private final Key<String> queue;
    private final Key<String> when;
    private final Key<Boolean> goOn;

    /**
     * @param stream name of the stream
     * @param records what is routed, in words, such as {@code mails}
     * @param examples routes for the documentation, one or more
     */
    public RouteKeys(String stream, String records, List<Route> examples) {
        section = new Section(
                "streams." + stream,
                "Routes of " + records,
                "Routes of " + records
                        + " to queues. The first matching route ends the search, unless it has `continue: true`.");
        queue = section.add(
                Key.of("routes[].queue", QUEUE_NAME, "Queue of the route; its topic is `" + stream + ".route.<queue>`.")
                        .shown(examples.stream().map(Route::queue).toArray(String[]::new)));
        when = section.add(Key.of(
                        "routes[].when",
                        Kind.text().named("a CEL expression"),
                        "Condition of the route: a CEL expression, see [Conditions](settings.md#conditions).")
                .shown(examples.stream().map(Route::when).toArray(String[]::new)));
        goOn = section.add(Key.of("routes[].continue", Kind.flag(), "false", "Whether later routes may match as well.")
                .example(examples.stream()
                        .map(route -> route.goOn() ? "true" : "")
                        .toArray(String[]::new)));
    }

    /** Where the keys stand; takes further keys. */
    public Section section() {
        return section;
    }

    /** A key of the section whose value is the name of a queue. */
    public Key<String> queue(String path, String fallback, String doc) {
        return section.add(Key.of(path, QUEUE_NAME, fallback, doc));
    }

    /**
     * @param check throws an {@link IllegalArgumentException} if a route is not valid
     * @return the valid ones of the settings, which may be none; empty if the settings have no such list
     */
    public Optional<List<Route>> read(SettingsReader reader, Consumer<Route> check) {
        String path = section.path() + ".routes";
        int size = reader.size(path);
        if (size == 0 && !reader.isEmptyList(path)) {
            return Optional.empty();
        }
        var routes = new ArrayList<Route>();
        for (int place = 0; place < size; place++) {
            var to = reader.require(queue, "each route has a queue", place);
            var condition = reader.require(when, "each route has a condition", place);
            var further = reader.get(goOn, place);
            if (to.isPresent() && condition.isPresent()) {
                var route = new Route(to.get(), condition.get(), further);
                reader.make(when.at(place), () -> {
                            check.accept(route);
                            return route;
                        })
                        .ifPresent(routes::add);
            }
        }
        return Optional.of(routes);
    }

    private static String checked(String name) {
        Topics.checkQueue(name);
        return name;
    }
}
