package dev.vorrang.scoring.route;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.rule.Condition;
import dev.vorrang.scoring.rule.ConditionFailedException;
import dev.vorrang.scoring.rule.Conditions;
import dev.vorrang.scoring.rule.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Routes in their order, and a fallback. Thread-safe.
 *
 * <p>The first route whose condition holds takes the mail, unless it says to go on: then the next that holds takes it as
 * well, and so on. A mail that no route takes goes to the fallback queue; one on which the model abstained goes to the
 * fallback queue first, and then to those that take it, so that people see it whatever the routes say. A condition that
 * fails on a mail counts as not met.
 */
public final class Routes {

    /** Queue of the mails that no route takes, unless the settings name another. */
    public static final String UNSORTED = "unsorted";

    private final List<Compiled> routes;
    private final String fallbackQueue;

    private record Compiled(String queue, Condition when, boolean goOn) {}

    private Routes(List<Compiled> routes, String fallbackQueue) {
        this.routes = List.copyOf(routes);
        this.fallbackQueue = fallbackQueue;
    }

    /**
     * @param routes in order, may be empty
     * @param fallbackQueue for mails that no route takes, and for those on which the model abstained
     * @throws IllegalArgumentException if a queue's name or a condition is not valid; the message says which and what is
     *     allowed
     */
    public static Routes of(List<Route> routes, String fallbackQueue) {
        checkQueue(Objects.requireNonNull(fallbackQueue, "fallbackQueue"));
        return new Routes(routes.stream().map(Routes::compile).toList(), fallbackQueue);
    }

    /** Four queues that need no knowledge of a model's topics: urgent, automatic, soon and the fallback. */
    public static Routes defaults() {
        return of(defaultRoutes(), UNSORTED);
    }

    /** The routes of {@link #defaults()}. */
    public static List<Route> defaultRoutes() {
        return List.of(
                new Route("urgent", "priority == 'URGENT'"),
                new Route("automatic", "!(mail.automatic in ['NONE', 'NOTIFICATION'])"),
                new Route("high", "priority == 'HIGH'"),
                new Route("normal", "!abstained"));
    }

    /**
     * Queues of a mail, one at least, none twice, in the order of the routes.
     *
     * @param facts with a priority
     */
    public List<String> queues(Facts facts) {
        var queues = new LinkedHashSet<String>();
        if (facts.abstained()) {
            queues.add(fallbackQueue);
        }
        for (var route : routes) {
            if (holds(route.when(), facts)) {
                queues.add(route.queue());
                if (!route.goOn()) {
                    break;
                }
            }
        }
        return queues.isEmpty() ? List.of(fallbackQueue) : List.copyOf(queues);
    }

    /** Every queue a mail can go to, none twice, the fallback last. */
    public List<String> names() {
        Set<String> names = routes.stream().map(Compiled::queue).collect(Collectors.toCollection(LinkedHashSet::new));
        names.add(fallbackQueue);
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

    private static boolean holds(Condition when, Facts facts) {
        try {
            return when.test(facts);
        } catch (ConditionFailedException e) {
            // Counted and logged by the condition; a faulty route must not hold up a mail.
            return false;
        }
    }

    private static Compiled compile(Route route) {
        checkQueue(route.queue());
        var when = Conditions.ofRoutes().compile("route '" + route.queue() + "'", route.when());
        return new Compiled(route.queue(), when, route.goOn());
    }

    private static void checkQueue(String queue) {
        new Topics("").mailRoute(queue);
    }
}
