package dev.vorrang.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Describes routes by OpenAPI 3.1. */
public final class OpenApi {

    private static final String PROBLEM = "application/problem+json";
    private static final String COOKIE = "session";
    private static final String TOKEN = "token";
    private static final String CSRF = "csrf";

    private final Schemas schemas = new Schemas();
    private final String version;

    private OpenApi(String version) {
        this.version = version;
    }

    /**
     * The description.
     *
     * @param base path that all routes stand below
     * @param cookie name of the session's cookie
     * @param version of the API
     */
    public static JsonNode of(List<Route<?>> routes, String base, String cookie, String version) {
        return new OpenApi(version).describe(routes, base, cookie);
    }

    private JsonNode describe(List<Route<?>> routes, String base, String cookie) {
        ObjectNode document = object().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Vorrang console")
                .put("version", version)
                .put(
                        "description",
                        "What was scored, and what people do about it. Whoever has a session sends its cookie and, with what changes"
                                + " something, the header `X-CSRF-Token` with the `csrf` of `/me`; programs send an API token.");
        document.putArray("servers").addObject().put("url", base);
        ObjectNode paths = document.putObject("paths");
        routes.forEach(route ->
                paths.withObjectProperty(route.path()).set(route.method().toLowerCase(Locale.ROOT), operation(route)));
        ObjectNode components = document.putObject("components");
        ObjectNode problem = schemas.answer(ProblemException.Problem.class);
        components.set("schemas", schemas.components());
        ObjectNode responses = components.putObject("responses");
        for (int status : statuses(routes)) {
            ObjectNode response = responses.putObject("Problem" + status);
            response.put("description", ProblemException.title(status));
            response.putObject("content").putObject(PROBLEM).set("schema", problem);
        }
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject(COOKIE).put("type", "apiKey").put("in", "cookie").put("name", cookie);
        schemes.putObject(CSRF).put("type", "apiKey").put("in", "header").put("name", "X-CSRF-Token");
        schemes.putObject(TOKEN).put("type", "http").put("scheme", "bearer");
        return document;
    }

    private static TreeSet<Integer> statuses(List<Route<?>> routes) {
        var statuses = new TreeSet<Integer>();
        routes.forEach(route -> statuses.addAll(problems(route)));
        return statuses;
    }

    private static TreeSet<Integer> problems(Route<?> route) {
        var statuses = new TreeSet<>(route.problems());
        statuses.addAll(List.of(400, 421, 500));
        if (route.role().isPresent() || !route.isSafe()) {
            statuses.addAll(List.of(401, 403));
        }
        if (route.body().isPresent()) {
            statuses.addAll(List.of(413, 415));
        }
        return statuses;
    }

    private ObjectNode operation(Route<?> route) {
        ObjectNode operation = object();
        operation.put("operationId", id(route));
        operation.put("summary", route.doc().split("(?<=\\.) ", 2)[0]);
        operation.put(
                "description",
                route.doc()
                        + route.role()
                                .map(role -> " Role: " + role.word() + ".")
                                .orElse(""));
        operation.putArray("tags").add(route.path().split("/")[1]);
        ArrayNode parameters = operation.putArray("parameters");
        route.parameters().forEach(each -> parameters.add(parameter(each)));
        route.body().ifPresent(type -> operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(Route.JSON)
                .set("schema", schemas.request(type)));
        ObjectNode responses = operation.putObject("responses");
        ObjectNode good = responses.putObject(String.valueOf(route.status()));
        good.put("description", route.answer().isPresent() ? "The answer." : "Done; no content.");
        route.answer()
                .ifPresent(type ->
                        good.putObject("content").putObject(route.media()).set("schema", schemas.answer(type)));
        problems(route).forEach(status -> responses
                .putObject(String.valueOf(status))
                .put("$ref", "#/components/responses/Problem" + status));
        operation.set("security", security(route));
        return operation;
    }

    private static ArrayNode security(Route<?> route) {
        ArrayNode security = JsonNodeFactory.instance.arrayNode();
        if (route.role().isPresent()) {
            ObjectNode session = security.addObject();
            session.putArray(COOKIE);
            if (!route.isSafe()) {
                session.putArray(CSRF);
            }
            security.addObject().putArray(TOKEN);
        }
        return security;
    }

    private static ObjectNode parameter(Param<?> parameter) {
        ObjectNode described = object().put("name", parameter.name())
                .put("in", parameter.inPath() ? "path" : "query")
                .put("required", parameter.inPath())
                .put("description", parameter.doc());
        if (!parameter.inPath()) {
            described.put("style", "form").put("explode", true);
        }
        described.set("schema", parameter.schema());
        return described;
    }

    /** Such as {@code getStreamsRecords}, {@code postStreamsRecordsEvents}. */
    private static String id(Route<?> route) {
        return route.method().toLowerCase(Locale.ROOT)
                + Stream.of(route.path().substring(1).split("/"))
                        .map(part -> Route.isParameter(part) ? "By " + Route.parameter(part) : part)
                        .flatMap(part -> Stream.of(part.split("[ .-]")))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .reduce("", String::concat);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
