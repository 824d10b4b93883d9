package dev.vorrang.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The Compose file at the top level of the project, its anchors and merges resolved, its variables as they are written. */
final class ComposeFile {

    /** Top level of the project. */
    static final Path ROOT = Path.of("..");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    private final JsonNode tree;

    private ComposeFile(JsonNode tree) {
        this.tree = tree;
    }

    static ComposeFile read() {
        return new ComposeFile(yaml("docker-compose.yml"));
    }

    /** A YAML file, by its path from the top level. */
    static JsonNode yaml(String path) {
        return new ObjectMapper().valueToTree(new Yaml().load(text(path)));
    }

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode tree() {
        return tree;
    }

    JsonNode service(String name) {
        var service = tree.at("/services/" + name);
        if (service.isMissingNode()) {
            throw new AssertionError("docker-compose.yml has no service " + name);
        }
        return service;
    }

    Map<String, JsonNode> services() {
        var services = new LinkedHashMap<String, JsonNode>();
        tree.get("services").properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    /** Those made from the Dockerfile's stage {@code scoring}. */
    Map<String, JsonNode> scoring() {
        var scoring = services();
        scoring.keySet().removeIf(name -> !name.startsWith("scoring-"));
        return scoring;
    }

    /** A service's environment, with the values that its variables have by default. */
    Map<String, String> environment(String service) {
        var environment = new HashMap<String, String>();
        service(service)
                .path("environment")
                .properties()
                .forEach(entry -> environment.put(
                        entry.getKey(), resolved(entry.getValue().asText())));
        return environment;
    }

    /** The registry inside the Compose network: Apicurio's path for Confluent's API. */
    URI registry() {
        return URI.create("http://registry:" + environment("registry").get("QUARKUS_HTTP_PORT") + "/apis/ccompat/v7");
    }

    /** Settings of the Connect worker. */
    static Map<String, String> worker() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text("docker/connect/worker.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    /** With the defaults of its variables. */
    static String resolved(String text) {
        return VARIABLE.matcher(text).replaceAll("$2");
    }

    static Stream<String> texts(JsonNode list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(i -> list.get(i).asText());
    }
}
