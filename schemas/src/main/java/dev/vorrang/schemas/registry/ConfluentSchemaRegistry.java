package dev.vorrang.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Client for a registry with Confluent's API, based on Confluent's client: several addresses tried in order, basic or bearer
 * authentication, TLS. The first look-up opens the connection. Found schemas are cached; missing ones are looked up again.
 * Thread-safe.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {

    private static final int CACHED_SCHEMAS = 1_000;
    private static final int ERRORS_OF_NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConfluentSettings settings;
    private final SchemaRegistryClient client;
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    private record Registration(String subject, Schema schema) {}

    private ConfluentSchemaRegistry(ConfluentSettings settings, SchemaRegistryClient client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * Creates a client. Does not connect yet.
     *
     * @param confluentSettings by Confluent's own keys: {@code schema.registry.url} (required; several separated by commas,
     *     or {@code mock://name} for one in memory), {@code auto.register.schemas} (default true), {@code normalize.schemas},
     *     {@code value.subject.name.strategy} (default TopicNameStrategy), {@code basic.auth.*}, {@code bearer.auth.*},
     *     {@code schema.registry.ssl.*}, {@code http.connect.timeout.ms} and {@code http.read.timeout.ms} (default 10,000),
     *     {@code proxy.*}; other keys are passed to the client
     * @throws IllegalArgumentException if a setting is missing or invalid; the message names the setting and what is allowed
     */
    public static ConfluentSchemaRegistry connect(Map<String, ?> confluentSettings) {
        ConfluentSettings settings = ConfluentSettings.parse(confluentSettings);
        try {
            return new ConfluentSchemaRegistry(
                    settings,
                    SchemaRegistryClientFactory.newClient(
                            settings.urls(),
                            CACHED_SCHEMAS,
                            List.of(new AvroSchemaProvider()),
                            settings.client(),
                            Map.of()));
        } catch (RuntimeException e) {
            var causes = new StringJoiner(": ");
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                causes.add(cause.getMessage());
            }
            throw new IllegalArgumentException("settings of the registry " + settings + ": " + causes, e);
        }
    }

    @Override
    public String subjectOf(String topic, Schema schema) {
        return settings.subjectNames().subject(topic, schema);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        var registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        int id = askIdOf(subject, schema);
        ids.put(registration, id);
        return id;
    }

    private int askIdOf(String subject, Schema schema) {
        var plain = new AvroSchema(withoutJavaProperties(schema));
        try {
            return settings.autoRegister() ? register(subject, plain) : find(subject, plain);
        } catch (RestClientException e) {
            String what = "schema of " + schema.getFullName() + " under subject " + subject;
            if (e.getStatus() == CONFLICT || e.getStatus() == 422) {
                throw new SchemaRejectedException(
                        "registry " + settings + " rejects the " + what + ": " + e.getMessage(), e);
            }
            if (isNotFound(e)) {
                throw new SchemaRejectedException(
                        "registry " + settings + " does not have the " + what + ": register it, or set "
                                + ConfluentSettings.AUTO_REGISTER + " to true",
                        e);
            }
            throw unavailable(what, e);
        } catch (IOException | RuntimeException e) {
            throw unavailable("subject " + subject, e);
        }
    }

    private int register(String subject, AvroSchema schema) throws IOException, RestClientException {
        try {
            return client.register(subject, schema, settings.normalize());
        } catch (RestClientException refusal) {
            if (refusal.getStatus() != CONFLICT) {
                throw refusal;
            }
            // Apicurio also answers this to the slower of two clients that register the same schema at once.
            try {
                return find(subject, schema);
            } catch (RestClientException missing) {
                throw refusal;
            }
        }
    }

    private int find(String subject, AvroSchema schema) throws IOException, RestClientException {
        return client.getId(subject, schema, settings.normalize());
    }

    @Override
    public Schema schemaOf(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = askSchemaOf(id);
        schemas.put(id, schema);
        return schema;
    }

    private Schema askSchemaOf(int id) {
        String text;
        try {
            text = client.getSchemaById(id).canonicalString();
        } catch (RestClientException e) {
            if (isNotFound(e)) {
                throw new SchemaNotFoundException("registry " + settings + " has no schema with id " + id, e);
            }
            throw unavailable("schema " + id, e);
        } catch (IOException | RuntimeException e) {
            // The client has no other sign of JSON Schema, Protobuf and damaged Avro.
            if (e.getMessage() != null && e.getMessage().startsWith("Invalid schema ")) {
                throw new SchemaNotFoundException(
                        "registry " + settings + ": schema " + id + " is not an Avro schema", e);
            }
            throw unavailable("schema " + id, e);
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            throw new SchemaNotFoundException(
                    "registry " + settings + ": schema " + id + " is not a valid Avro schema: " + e.getMessage(), e);
        }
    }

    /**
     * All subjects of the registry. Also serves as a health check.
     *
     * @throws RegistryUnavailableException if the registry does not answer
     */
    public List<String> subjects() {
        try {
            return List.copyOf(client.getAllSubjects());
        } catch (IOException | RestClientException | RuntimeException e) {
            throw unavailable("subjects", e);
        }
    }

    /** Closes the client's connections. */
    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw unavailable("closing", e);
        }
    }

    /** Addresses without credentials. */
    @Override
    public String toString() {
        return "registry " + settings;
    }

    /** Only a registry sends these codes. A plain 404 is from another server: the address is wrong. */
    private static boolean isNotFound(RestClientException e) {
        return e.getStatus() == 404 && e.getErrorCode() / 100 == ERRORS_OF_NOT_FOUND;
    }

    private RegistryUnavailableException unavailable(String what, Exception e) {
        String hint = "is " + ConfluentSettings.URL + " right and the registry up?";
        if (e instanceof RestClientException answer) {
            hint = switch (answer.getStatus()) {
                case 401, 403 ->
                    "it rejects the credentials; check basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.*";
                case 404 -> "is " + ConfluentSettings.URL + " the address of a registry?";
                default -> "HTTP status " + answer.getStatus();
            };
        }
        return new RegistryUnavailableException(
                "registry " + settings + " did not answer for " + what + " (" + hint + "): " + e.getMessage(), e);
    }

    /** The schema without properties that concern only the Java representation of strings. */
    private static String withoutJavaProperties(Schema schema) {
        try {
            JsonNode json = JSON.readTree(schema.toString());
            json.findParents(GenericData.STRING_PROP)
                    .forEach(parent -> ((ObjectNode) parent).remove(GenericData.STRING_PROP));
            return json.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
        }
    }
}
