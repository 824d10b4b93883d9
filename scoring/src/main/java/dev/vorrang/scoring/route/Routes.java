package dev.vorrang.scoring.route;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.rule.Condition;
import dev.vorrang.scoring.rule.ConditionFailedException;
import dev.vorrang.scoring.rule.Conditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Routes in their order, and perhaps a fallback. Thread-safe.
 *
 * <p>The first route whose condition holds takes the record, unless it says to go on: then the next that holds takes it as well, and
 * so on. A record that no route takes goes to the fallback queue, if there is one. A condition that fails on a record counts as not
 * met.
 *
 * @param <T> what the conditions ask about
 */
public final class Routes<T> {

    private final List<Compiled<T>> routes;
    private final Optional<String> fallbackQueue;

    private record Compiled<T>(String queue, Condition<T> when, boolean goOn) {}

    private Routes(List<Compiled<T>> routes, Optional<String> fallbackQueue) {
        this.routes = List.copyOf(routes);
        this.fallbackQueue = fallbackQueue;
    }

    /**
     * @param routes in order, may be empty
     * @param fallbackQueue for records that no route takes
     * @param conditions compile those of the routes
     * @throws IllegalArgumentException if a queue's name or a condition is not valid; the message says which and what is allowed
     */
    public static <T> Routes<T> of(List<Route> routes, Optional<String> fallbackQueue, Conditions<T> conditions) {
        fallbackQueue.ifPresent(Topics::checkQueue);
        return new Routes<>(
                routes.stream().map(route -> compile(route, conditions)).toList(), fallbackQueue);
    }

    /**
     * Queues of a record, none twice, in the order of the routes; empty if no route takes it and there is no fallback.
     *
     * @param unsure whether it goes to the fallback queue first and then to those that take it, so that people see it whatever the
     *     routes say
     */
    public List<String> queues(T record, boolean unsure) {
        if (routes.isEmpty() && fallbackQueue.isEmpty()) {
            return List.of();
        }
        var queues = new LinkedHashSet<String>();
        if (unsure) {
            fallbackQueue.ifPresent(queues::add);
        }
        for (var route : routes) {
            if (holds(route.when(), record)) {
                queues.add(route.queue());
                if (!route.goOn()) {
                    break;
                }
            }
        }
        return queues.isEmpty() ? fallbackQueue.map(List::of).orElse(List.of()) : List.copyOf(queues);
    }

    /** Every queue a record can go to, none twice, the fallback last. */
    public List<String> names() {
        Set<String> names = routes.stream().map(Compiled::queue).collect(Collectors.toCollection(LinkedHashSet::new));
        fallbackQueue.ifPresent(names::add);
        return new ArrayList<>(names);
    }

    /** How often each route's condition has failed, by the route's name in the order of the routes. */
    public Map<String, Long> failures() {
        return routes.stream()
                .collect(Collectors.toMap(
                        route -> route.when().owner(),
                        route -> route.when().failures(),
                        Long::sum,
                        LinkedHashMap::new));
    }

    private static <T> boolean holds(Condition<T> when, T record) {
        try {
            return when.test(record);
        } catch (ConditionFailedException e) {
            // Counted and logged by the condition; a faulty route must not hold up a record.
            return false;
        }
    }

    private static <T> Compiled<T> compile(Route route, Conditions<T> conditions) {
        Topics.checkQueue(route.queue());
        var when = conditions.compile("route '" + route.queue() + "'", route.when());
        return new Compiled<>(route.queue(), when, route.goOn());
    }
}
