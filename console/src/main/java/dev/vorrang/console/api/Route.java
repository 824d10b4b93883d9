package dev.vorrang.console.api;

import dev.vorrang.console.access.Role;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What can be asked of the API: one declaration, from which it is routed, authorised, validated and described.
 *
 * @param method of HTTP
 * @param path below the base, with {@code {name}} for each parameter in it
 * @param role that the caller must have; empty if anybody may call
 * @param parameters in path and query
 * @param body type of the request's JSON; empty if it has none
 * @param status of the answer if all is well
 * @param answer type of its JSON; empty if it has none
 * @param media type of the answer's content
 * @param problems statuses beside those that every route may answer
 * @param doc one sentence or more in Markdown
 * @param handler answers
 * @param <B> type of the request's body
 */
public record Route<B>(
        String method,
        String path,
        Optional<Role> role,
        List<Param<?>> parameters,
        Optional<Class<B>> body,
        int status,
        Optional<Type> answer,
        String media,
        Set<Integer> problems,
        String doc,
        Handler<B> handler) {

    /** What most routes answer. */
    public static final String JSON = "application/json";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    /** Answers a call. */
    @FunctionalInterface
    public interface Handler<B> {

        /** @throws ProblemException if the call is refused */
        Reply<?> answer(Call<B> call);
    }

    public Route {
        parameters = List.copyOf(parameters);
        problems = Set.copyOf(problems);
        List<String> inPath = parameters.stream()
                .filter(Param::inPath)
                .map(Param::name)
                .sorted()
                .toList();
        List<String> named = List.of(path.split("/")).stream()
                .filter(Route::isParameter)
                .map(Route::parameter)
                .sorted()
                .toList();
        if (!inPath.equals(named)) {
            throw new IllegalArgumentException(path + ": declares " + inPath + ", names " + named);
        }
    }

    public static Builder<Void> get(String path) {
        return new Builder<>("GET", path, Optional.empty());
    }

    public static <B> Builder<B> post(String path, Class<B> body) {
        return new Builder<>("POST", path, Optional.of(body));
    }

    public static Builder<Void> post(String path) {
        return new Builder<>("POST", path, Optional.empty());
    }

    public static Builder<Void> delete(String path) {
        return new Builder<>("DELETE", path, Optional.empty());
    }

    /** Whether it changes nothing. */
    public boolean isSafe() {
        return SAFE.contains(method);
    }

    /**
     * Answers a request. Who may call was decided before.
     *
     * @param inPath by parameter
     * @param query as given
     * @param bytes of the body
     * @throws ProblemException if it is refused
     */
    public Reply<?> answer(Caller caller, Map<String, String> inPath, Map<String, List<String>> query, byte[] bytes) {
        query.keySet().forEach(this::requireKnown);
        var given = new HashMap<>(query);
        inPath.forEach((name, value) -> given.put(name, List.of(value)));
        var values = new HashMap<Param<?>, Object>();
        parameters.forEach(each -> values.put(each, each.read(given)));
        return handler.answer(new Call<>(caller, values, body(bytes)));
    }

    private B body(byte[] bytes) {
        if (body.isEmpty() && bytes.length > 0) {
            throw ProblemException.of(400, "the request has a body of " + bytes.length + " bytes: allowed is none");
        }
        return body.map(type -> Json.read(bytes, type)).orElse(null);
    }

    private void requireKnown(String name) {
        if (parameters.stream().noneMatch(each -> each.isNamed(name))) {
            String known = parameters.stream()
                    .filter(each -> !each.inPath())
                    .map(Param::name)
                    .collect(Collectors.joining(", "));
            throw ProblemException.field("query", name, known.isEmpty() ? "no parameter" : "one of " + known);
        }
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    static String parameter(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    /** Collects a declaration; {@link #to} ends it. */
    public static final class Builder<B> {

        private final String method;
        private final String path;
        private final Optional<Class<B>> body;
        private Optional<Role> role = Optional.empty();
        private final List<Param<?>> parameters = new ArrayList<>();
        private int status = 200;
        private Optional<Type> answer = Optional.empty();
        private String media = JSON;
        private final Set<Integer> problems = new TreeSet<>();
        private String doc = "";

        private Builder(String method, String path, Optional<Class<B>> body) {
            this.method = method;
            this.path = path;
            this.body = body;
        }

        /** Only with this role, or one that includes it; without, anybody may call. */
        public Builder<B> role(Role least) {
            role = Optional.of(least);
            return this;
        }

        public Builder<B> takes(Param<?>... some) {
            parameters.addAll(List.of(some));
            return this;
        }

        public Builder<B> takes(List<Param<?>> some) {
            parameters.addAll(some);
            return this;
        }

        public Builder<B> answers(Type type) {
            answer = Optional.of(type);
            return this;
        }

        /** With content that is not JSON. */
        public Builder<B> media(String type) {
            media = type;
            return this;
        }

        /** With a status other than 200. */
        public Builder<B> status(int other) {
            status = other;
            return this;
        }

        /** Beside those that every route may answer: 400, 401, 403 and 500. */
        public Builder<B> problems(Integer... statuses) {
            problems.addAll(List.of(statuses));
            return this;
        }

        public Builder<B> doc(String text) {
            doc = text;
            return this;
        }

        public Route<B> to(Handler<B> handler) {
            return new Route<>(method, path, role, parameters, body, status, answer, media, problems, doc, handler);
        }
    }
}
