package dev.vorrang.console.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the route of a request. A segment that is named comes before a parameter. Immutable. */
public final class Router {

    private final List<Route<?>> routes;

    /**
     * A route, and what the path has for its parameters.
     *
     * @param inPath by parameter
     */
    public record Match(Route<?> route, Map<String, String> inPath) {}

    public Router(List<Route<?>> routes) {
        this.routes = List.copyOf(routes);
    }

    public List<Route<?>> routes() {
        return routes;
    }

    /**
     * The route of a request.
     *
     * @param segments of the path below the base, decoded
     * @throws ProblemException 404 if there is no such path, 405 if it has another method
     */
    public Match find(String method, List<String> segments) {
        List<Route<?>> there =
                routes.stream().filter(route -> fits(route, segments)).toList();
        if (there.isEmpty()) {
            throw ProblemException.notFound("path", "/" + String.join("/", segments));
        }
        int fewest = there.stream().mapToInt(Router::parameters).min().orElseThrow();
        List<Route<?>> nearest =
                there.stream().filter(route -> parameters(route) == fewest).toList();
        // What answers GET answers HEAD.
        String wanted = method.equals("HEAD") ? "GET" : method;
        Route<?> route = nearest.stream()
                .filter(each -> each.method().equals(wanted))
                .findFirst()
                .orElseThrow(() -> notAllowed(method, nearest));
        return new Match(route, inPath(route, segments));
    }

    private static ProblemException notAllowed(String method, List<Route<?>> nearest) {
        String allowed = nearest.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
        return ProblemException.field(405, "method", method, allowed).with("Allow", allowed);
    }

    private static int parameters(Route<?> route) {
        return (int) route.parameters().stream().filter(Param::inPath).count();
    }

    private static boolean fits(Route<?> route, List<String> segments) {
        String[] pattern = parts(route);
        if (pattern.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (!Route.isParameter(pattern[i]) && !pattern[i].equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> inPath(Route<?> route, List<String> segments) {
        String[] pattern = parts(route);
        var values = new HashMap<String, String>();
        for (int i = 0; i < pattern.length; i++) {
            if (Route.isParameter(pattern[i])) {
                values.put(Route.parameter(pattern[i]), segments.get(i));
            }
        }
        return values;
    }

    private static String[] parts(Route<?> route) {
        return route.path().substring(1).split("/");
    }
}
