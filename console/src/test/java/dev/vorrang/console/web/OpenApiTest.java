package dev.vorrang.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vorrang.console.MemoryConsole;
import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.access.UserFile;
import dev.vorrang.schemas.view.Severity;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description is valid, and what the server answers conforms to it. */
class OpenApiTest {

    private static final String PASSWORD = "seven brown lamps";

    @TempDir
    private Path folder;

    private final MemoryConsole console = new MemoryConsole();
    private ConsoleServer server;
    private JsonNode description;

    /** A request of a route, and the status that it answers. */
    private record Example(String method, String route, String path, String body, int status) {}

    private static final List<Example> EXAMPLES = List.of(
            new Example("get", "/me", "/me", "", 200),
            new Example("get", "/session", "/session", "", 200),
            new Example("post", "/session", "/session", "{\"user\":\"anna\",\"password\":\"" + PASSWORD + "\"}", 204),
            new Example("post", "/session", "/session", "{\"user\":\"anna\",\"password\":\"wrong\"}", 401),
            new Example("post", "/session", "/session", "{\"user\":\"anna\"}", 400),
            new Example("get", "/streams/{stream}/records", "/streams/mail/records?fold=true&sort=NEWEST", "", 200),
            new Example("get", "/streams/{stream}/records", "/streams/none/records", "", 404),
            new Example("get", "/streams/{stream}/records", "/streams/mail/records?limit=0", "", 400),
            new Example("get", "/streams/{stream}/records/{id}", "/streams/mail/records/a", "", 200),
            new Example("get", "/streams/{stream}/records/{id}", "/streams/mail/records/none", "", 404),
            new Example("get", "/corrections", "/corrections?stream=mail&from=2026-01-01T00:00:00Z", "", 200),
            new Example(
                    "post",
                    "/streams/{stream}/records/{id}/events",
                    "/streams/mail/records/a/events",
                    "{\"id\":\"e1\",\"type\":\"CORRECTED\",\"corrections\":{\"queue\":\"billing\"},\"comment\":\"so\"}",
                    200),
            new Example(
                    "post",
                    "/streams/{stream}/events",
                    "/streams/mail/events",
                    "{\"id\":\"e2\",\"type\":\"DONE\",\"query\":{\"text\":\"hello\"}}",
                    200),
            new Example(
                    "post",
                    "/streams/{stream}/events",
                    "/streams/mail/events",
                    "{\"id\":\"e2\",\"type\":\"DONE\",\"records\":[\"a\"],\"query\":{}}",
                    400),
            new Example("get", "/machines", "/machines", "", 200),
            new Example("get", "/machines/{machine}/series", "/machines/press-1/series?points=20", "", 200),
            new Example("get", "/machines/{machine}/series", "/machines/none/series", "", 404),
            new Example(
                    "post",
                    "/machines/{machine}/accept",
                    "/machines/press-1/accept",
                    "{\"reason\":\"new bearing\"}",
                    202),
            new Example(
                    "post",
                    "/machines/{machine}/maintenance",
                    "/machines/press-1/maintenance",
                    "{\"reason\":\"oil\"}",
                    202),
            new Example("delete", "/machines/{machine}/maintenance", "/machines/press-1/maintenance", "", 202),
            new Example("get", "/demand/items", "/demand/items?text=bolt", "", 200),
            new Example("get", "/demand/items/{key}", "/demand/items/bolt@north", "", 200),
            new Example("get", "/operations", "/operations", "", 200),
            new Example("get", "/dead-letters", "/dead-letters?stream=mail", "", 200),
            new Example(
                    "get",
                    "/dead-letters/{topic}/{partition}/{offset}",
                    "/dead-letters/mail.dead-letters/0/7",
                    "",
                    200),
            new Example(
                    "post",
                    "/dead-letters/{topic}/{partition}/{offset}/replay",
                    "/dead-letters/mail.dead-letters/0/7/replay",
                    "",
                    202),
            new Example(
                    "post",
                    "/dead-letters/{topic}/{partition}/{offset}/replay",
                    "/dead-letters/mail.dead-letters/0/8/replay",
                    "",
                    404),
            new Example("get", "/tokens", "/tokens", "", 200),
            new Example("delete", "/tokens/{id}", "/tokens/none", "", 404),
            new Example("get", "/openapi.json", "/openapi.json", "", 200),
            new Example(
                    "post",
                    "/me/password",
                    "/me/password",
                    "{\"current\":\"" + PASSWORD + "\",\"password\":\"nine grey whales\"}",
                    204),
            new Example("delete", "/session", "/session", "", 204));

    @BeforeEach
    void start() throws IOException {
        Path users = folder.resolve("users");
        new UserFile(users).add("anna", Role.ADMIN, PASSWORD);
        var access = new AccessSettings(
                Optional.of(users), Optional.of(folder.resolve("tokens")), SessionLimits.STANDARD, Optional.empty());
        server = ConsoleServer.start(ConsoleSettings.onLoopback(0, access), console.services());
        description = Browser.json(new Browser(server.url()).get("/api/v1/openapi.json"));
        console.mail("a", "hello", Severity.NORMAL, 0.5);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldBeValid() {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readContents(description.toString(), List.of(), options);
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).hasSizeGreaterThan(20);
    }

    @Test
    void shouldHaveAnExampleOfEachRoute() {
        var described = new TreeSet<String>();
        for (var path : description.path("paths").properties()) {
            path.getValue().properties().forEach(method -> described.add(method.getKey() + " " + path.getKey()));
        }
        var tried = new TreeSet<>(List.of("get /live", "post /tokens"));
        EXAMPLES.forEach(each -> tried.add(each.method() + " " + each.route()));
        assertThat(tried).isEqualTo(described);
    }

    @Test
    void shouldAnswerAsDescribed() {
        var problems = new ArrayList<String>();
        for (Example each : EXAMPLES) {
            var browser = new Browser(server.url());
            String password =
                    each.route().equals("/session") && each.method().equals("delete") ? "nine grey whales" : PASSWORD;
            assertThat(browser.login("{\"user\":\"anna\",\"password\":\"" + password + "\"}")
                            .statusCode())
                    .isEqualTo(204);
            HttpResponse<String> answer = send(browser, each);
            assertThat(answer.statusCode()).as("%s: %s", each, answer.body()).isEqualTo(each.status());
            problems.addAll(problems(each.method(), each.route(), answer));
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldAnswerTokensAsDescribed() {
        var browser = new Browser(server.url());
        browser.login("{\"user\":\"anna\",\"password\":\"" + PASSWORD + "\"}");
        String expires = java.time.Instant.now().plusSeconds(3600).toString();
        var made = browser.post(
                "/api/v1/tokens", "{\"name\":\"export\",\"role\":\"VIEWER\",\"expires\":\"" + expires + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(problems("post", "/tokens", made)).isEmpty();
        assertThat(problems("get", "/tokens", browser.get("/api/v1/tokens"))).isEmpty();
        String secret = Browser.json(made).path("secret").textValue();
        var program = new Browser(server.url());
        var me = program.send(program.request("/api/v1/me").header("Authorization", "Bearer " + secret));
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(problems("get", "/me", me)).isEmpty();
    }

    private static HttpResponse<String> send(Browser browser, Example each) {
        var request = browser.request("/api/v1" + each.path());
        if (!each.body().isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return browser.send(
                request.method(each.method().toUpperCase(java.util.Locale.ROOT), BodyPublishers.ofString(each.body())));
    }

    /** What in an answer is not as described. */
    private List<String> problems(String method, String route, HttpResponse<String> answer) {
        JsonNode response = description
                .path("paths")
                .path(route)
                .path(method)
                .path("responses")
                .path(String.valueOf(answer.statusCode()));
        if (response.has("$ref")) {
            response = description.at(response.path("$ref").textValue().substring(1));
        }
        String where = method + " " + route + " " + answer.statusCode() + ": ";
        if (response.isMissingNode()) {
            return List.of(where + "is not described");
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return answer.body().isEmpty() ? List.of() : List.of(where + "has content");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        if (!content.has(type)) {
            return List.of(where + "has the type " + type);
        }
        ObjectNode schema = content.path(type).path("schema").deepCopy();
        schema.set("components", description.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(Browser.json(answer))
                .stream()
                .map(each -> where + each)
                .toList();
    }
}
