package dev.vorrang.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state that results from the records of {@link SchemaLog}, and the format of these records, which is Confluent's. Thread-safe.
 */
final class RegistryState {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryState.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, TreeMap<Integer, Version>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemaOfId = new TreeMap<>();
    private final Map<String, Integer> idOfSchema = new HashMap<>();
    private final Map<Optional<String>, CompatibilityLevel> levels = new HashMap<>();
    private int highestId;

    /**
     * A version of a subject.
     *
     * @param version counts from 1 within the subject
     * @param id equal for equal schemas
     * @param schema in JSON
     * @param deleted soft-deleted: hidden, but still found by its id
     */
    record Version(String subject, int version, int id, String schema, boolean deleted) {

        Version withDeleted(boolean isDeleted) {
            return new Version(subject, version, id, schema, isDeleted);
        }

        String key() {
            return keyOf("SCHEMA", Optional.of(subject))
                    .put("version", version)
                    .put("magic", 1)
                    .toString();
        }

        String value() {
            return JSON.createObjectNode()
                    .put("subject", subject)
                    .put("version", version)
                    .put("id", id)
                    .put("schema", schema)
                    .put("deleted", deleted)
                    .toString();
        }
    }

    /** @param subject empty for the global level */
    static String levelKey(Optional<String> subject) {
        return keyOf("CONFIG", subject).put("magic", 0).toString();
    }

    static String levelValue(CompatibilityLevel level) {
        return JSON.createObjectNode().put("compatibilityLevel", level.name()).toString();
    }

    private static ObjectNode keyOf(String type, Optional<String> subject) {
        return JSON.createObjectNode().put("keytype", type).put("subject", subject.orElse(null));
    }

    /** Applies a record of the log. An unreadable record is skipped with a warning. */
    synchronized void apply(String key, Optional<String> value) {
        try {
            JsonNode of = JSON.readTree(key);
            Optional<JsonNode> to = value.isPresent() ? Optional.of(JSON.readTree(value.get())) : Optional.empty();
            Optional<String> subject = Optional.ofNullable(of.path("subject").asText(null));
            switch (of.path("keytype").asText()) {
                case "SCHEMA" ->
                    applySchema(subject.orElseThrow(), of.path("version").asInt(), to);
                case "CONFIG" -> applyLevel(subject, to);
                case "DELETE_SUBJECT" ->
                    to.ifPresent(upTo -> deleteUpTo(
                            subject.orElseThrow(), upTo.path("version").asInt()));
                default -> LOG.debug("Skipped a record of {} with an unknown key type: {}", SchemaLog.TOPIC, key);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("Skipped an unreadable record of {}, key {}", SchemaLog.TOPIC, key, e);
        }
    }

    private void applySchema(String subject, int version, Optional<JsonNode> value) {
        TreeMap<Integer, Version> versions = subjects.computeIfAbsent(subject, name -> new TreeMap<>());
        Version before = versions.remove(version);
        if (value.isPresent()) {
            JsonNode is = value.get();
            var now = new Version(
                    subject,
                    version,
                    is.required("id").asInt(),
                    is.required("schema").asText(),
                    is.path("deleted").asBoolean());
            versions.put(version, now);
            schemaOfId.put(now.id(), now.schema());
            idOfSchema.put(now.schema(), now.id());
            highestId = Math.max(highestId, now.id());
        } else if (before != null) {
            if (versions.isEmpty()) {
                subjects.remove(subject);
            }
            if (withId(before.id(), true).isEmpty()) {
                schemaOfId.remove(before.id());
                idOfSchema.remove(before.schema());
            }
        }
    }

    private void applyLevel(Optional<String> subject, Optional<JsonNode> value) {
        if (value.isPresent()) {
            levels.put(
                    subject,
                    CompatibilityLevel.parse(
                            value.get().path("compatibilityLevel").asText()));
        } else {
            levels.remove(subject);
        }
    }

    private void deleteUpTo(String subject, int version) {
        TreeMap<Integer, Version> versions = subjects.get(subject);
        if (versions != null) {
            versions.headMap(version, true).replaceAll((number, each) -> each.withDeleted(true));
        }
    }

    synchronized int highestId() {
        return highestId;
    }

    synchronized Optional<String> schemaOf(int id) {
        return Optional.ofNullable(schemaOfId.get(id));
    }

    synchronized Optional<Integer> idOf(String schema) {
        return Optional.ofNullable(idOfSchema.get(schema));
    }

    /** Subjects with at least one version, sorted by name. */
    synchronized List<String> subjects(boolean withDeleted) {
        return subjects.keySet().stream()
                .filter(subject -> !versions(subject, withDeleted).isEmpty())
                .toList();
    }

    /** Versions of a subject from oldest to newest; empty if the subject does not exist. */
    synchronized List<Version> versions(String subject, boolean withDeleted) {
        Collection<Version> all =
                subjects.getOrDefault(subject, new TreeMap<>()).values();
        return all.stream().filter(each -> withDeleted || !each.deleted()).toList();
    }

    /** Versions with this id, of all subjects. */
    synchronized List<Version> withId(int id, boolean withDeleted) {
        var found = new ArrayList<Version>();
        subjects.values().forEach(versions -> versions.values().stream()
                .filter(each -> each.id() == id && (withDeleted || !each.deleted()))
                .forEach(found::add));
        return found;
    }

    /** Level set for a subject, or the global one if empty. */
    synchronized Optional<CompatibilityLevel> level(Optional<String> subject) {
        return Optional.ofNullable(levels.get(subject));
    }
}
