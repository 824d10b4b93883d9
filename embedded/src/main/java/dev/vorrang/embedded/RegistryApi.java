package dev.vorrang.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.embedded.RegistryState.Version;
import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.embedded.http.HttpCall;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Confluent's REST API for a {@link Registry}. Supports Avro schemas without references. Thread-safe. */
final class RegistryApi implements Function<HttpCall, HttpAnswer> {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryApi.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> MODE = Map.of("mode", "READWRITE");

    private final Registry registry;

    RegistryApi(Registry registry) {
        this.registry = registry;
    }

    /**
     * A parsed request.
     *
     * @param path segments, decoded
     * @param query parameters, decoded
     * @param body JSON, or a missing node
     */
    private record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {

        boolean flag(String name) {
            return Boolean.parseBoolean(query.get(name));
        }

        /** Whether method and path match; {@code *} matches any segment. */
        boolean is(String wantedMethod, String... wanted) {
            if (!method.equals(wantedMethod) || path.size() != wanted.length) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                if (!wanted[i].equals("*") && !wanted[i].equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public HttpAnswer apply(HttpCall call) {
        try {
            return json(200, answer(request(call)));
        } catch (RegistryError e) {
            if (e.status() >= 500) {
                LOG.warn("{} {}: {}", call.method(), call.path(), e.getMessage(), e);
            }
            return error(e.status(), e.code(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", call.method(), call.path(), e);
            return error(500, 500, "Internal Server Error");
        }
    }

    private static HttpAnswer error(int status, int code, String message) {
        return json(status, Map.of("error_code", code, "message", message));
    }

    private static HttpAnswer json(int status, Object value) {
        try {
            return new HttpAnswer(status, CONTENT_TYPE, JSON.writeValueAsBytes(value), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
    }

    private Object answer(Request request) {
        String root = request.path().isEmpty() ? "" : request.path().get(0);
        return switch (root) {
            case "" -> Map.of();
            case "subjects" ->
                request.path().size() == 1
                        ? subjects(request)
                        : subject(request, request.path().get(1));
            case "schemas" -> schemas(request);
            case "config" -> config(request);
            case "compatibility" -> compatibility(request);
            case "mode" -> mode(request);
            case "contexts" -> List.of(".");
            default -> throw notFound(request);
        };
    }

    private Object subjects(Request request) {
        if (!request.is("GET", "subjects")) {
            throw notFound(request);
        }
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        return registry.state().subjects(request.flag("deleted")).stream()
                .filter(subject -> subject.startsWith(prefix))
                .toList();
    }

    private Object subject(Request request, String subject) {
        boolean deleted = request.flag("deleted");
        boolean permanent = request.flag("permanent");
        if (request.is("POST", "subjects", "*", "versions")) {
            return Map.of("id", registry.register(subject, schema(request)));
        } else if (request.is("POST", "subjects", "*")) {
            Schema schema = schema(request);
            requireSubject(subject, deleted);
            return view(registry.find(subject, schema, deleted).orElseThrow(RegistryError::schemaNotFound));
        } else if (request.is("GET", "subjects", "*", "versions")) {
            requireSubject(subject, deleted);
            return registry.state().versions(subject, deleted).stream()
                    .map(Version::version)
                    .toList();
        } else if (request.is("GET", "subjects", "*", "versions", "*")) {
            return view(registry.version(subject, request.path().get(3), deleted));
        } else if (request.is("GET", "subjects", "*", "versions", "*", "schema")) {
            return raw(registry.version(subject, request.path().get(3), deleted).schema());
        } else if (request.is("GET", "subjects", "*", "versions", "*", "referencedby")) {
            return List.of();
        } else if (request.is("DELETE", "subjects", "*")) {
            return registry.deleteSubject(subject, permanent);
        } else if (request.is("DELETE", "subjects", "*", "versions", "*")) {
            return registry.deleteVersion(subject, request.path().get(3), permanent);
        }
        throw notFound(request);
    }

    private Object schemas(Request request) {
        if (request.is("GET", "schemas", "types")) {
            return List.of("AVRO");
        } else if (request.is("GET", "schemas", "ids", "*")) {
            return Map.of("schema", schemaOf(request));
        } else if (request.is("GET", "schemas", "ids", "*", "schema")) {
            return raw(schemaOf(request));
        } else if (request.is("GET", "schemas", "ids", "*", "subjects")) {
            return versionsOf(request).stream().map(Version::subject).distinct().toList();
        } else if (request.is("GET", "schemas", "ids", "*", "versions")) {
            return versionsOf(request).stream()
                    .map(each -> Map.of("subject", each.subject(), "version", each.version()))
                    .toList();
        }
        throw notFound(request);
    }

    private List<Version> versionsOf(Request request) {
        schemaOf(request);
        return registry.state().withId(id(request), request.flag("deleted"));
    }

    private String schemaOf(Request request) {
        int id = id(request);
        return registry.state().schemaOf(id).orElseThrow(() -> RegistryError.of(40403, "Schema " + id + " not found"));
    }

    private static int id(Request request) {
        try {
            return Integer.parseInt(request.path().get(2));
        } catch (NumberFormatException e) {
            throw notFound(request);
        }
    }

    private Object config(Request request) {
        Optional<String> subject = request.path().stream().skip(1).findFirst();
        if (request.path().size() > 2) {
            throw notFound(request);
        }
        switch (request.method()) {
            case "GET" -> {
                boolean orGlobal = subject.isEmpty() || request.flag("defaultToGlobal");
                return Map.of("compatibilityLevel", configured(subject, orGlobal));
            }
            case "PUT" -> {
                var level = CompatibilityLevel.parse(
                        request.body().path("compatibility").asText());
                registry.setLevel(subject, level);
                return Map.of("compatibility", level);
            }
            case "DELETE" -> {
                CompatibilityLevel before = configured(subject, subject.isEmpty());
                registry.removeLevel(subject);
                return Map.of("compatibilityLevel", before);
            }
            default -> throw notFound(request);
        }
    }

    private CompatibilityLevel configured(Optional<String> subject, boolean orGlobal) {
        return registry.state()
                .level(subject)
                .or(() -> orGlobal ? Optional.of(registry.level()) : Optional.empty())
                .orElseThrow(() -> RegistryError.of(
                        40408,
                        "Subject '" + subject.orElse("") + "' does not have subject-level compatibility configured"));
    }

    private Object compatibility(Request request) {
        if (!request.is("POST", "compatibility", "subjects", "*", "versions")
                && !request.is("POST", "compatibility", "subjects", "*", "versions", "*")) {
            throw notFound(request);
        }
        Optional<String> version = request.path().stream().skip(4).findFirst();
        List<String> problems = registry.problems(request.path().get(2), version, schema(request));
        return request.flag("verbose")
                ? Map.of("is_compatible", problems.isEmpty(), "messages", problems)
                : Map.of("is_compatible", problems.isEmpty());
    }

    private static Object mode(Request request) {
        if (request.is("GET", "mode")) {
            return MODE;
        } else if (request.is("GET", "mode", "*")) {
            if (request.flag("defaultToGlobal")) {
                return MODE;
            }
            throw RegistryError.of(
                    40409, "Subject '" + request.path().get(1) + "' does not have subject-level mode configured");
        }
        throw notFound(request);
    }

    private void requireSubject(String subject, boolean withDeleted) {
        if (registry.state().versions(subject, withDeleted).isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
    }

    private static Schema schema(Request request) {
        String type = request.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !type.equals("null")) {
            throw RegistryError.of(42201, "schemaType '" + type + "': this registry supports only AVRO");
        }
        if (!request.body().path("references").isEmpty()) {
            throw RegistryError.of(42201, "references: not supported by this registry; put all types into one schema");
        }
        return Registry.parse(request.body().path("schema").asText());
    }

    private static Map<String, Object> view(Version version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    private static JsonNode raw(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema in the log is not JSON", e);
        }
    }

    private static RegistryError notFound(Request request) {
        return RegistryError.of(
                404, "HTTP 404 Not Found: " + request.method() + " /" + String.join("/", request.path()));
    }

    private static Request request(HttpCall call) {
        List<String> path = Arrays.stream(call.path().split("/"))
                .filter(segment -> !segment.isEmpty())
                // In a path, a plus is literal.
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
        var query = new HashMap<String, String>();
        for (String parameter : call.query().split("&")) {
            String[] pair = parameter.split("=", 2);
            query.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
        }
        try {
            return new Request(call.method(), path, query, JSON.readTree(call.body()));
        } catch (IOException e) {
            throw RegistryError.of(400, "the request is not JSON: " + e.getMessage(), e);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RegistryError.of(400, "not URL-encoded: " + text, e);
        }
    }
}
