package dev.vorrang.embedded;

import dev.vorrang.embedded.RegistryState.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/**
 * The rules of a schema registry. A change is first appended to the log and takes effect when the broker has acknowledged it.
 * Look-ups are answered from memory. Thread-safe; changes are serialized.
 */
final class Registry implements AutoCloseable {

    private static final int READ_WRITE_FAILED = 50001;

    private final SchemaLog log;
    private final RegistryState state = new RegistryState();
    private final Object writing = new Object();

    /** @throws KafkaException if the log cannot be read to its end */
    Registry(SchemaLog log) {
        this.log = log;
        log.readOn(state::apply);
    }

    RegistryState state() {
        return state;
    }

    /** A change, evaluated at the end of the log. */
    @FunctionalInterface
    private interface Change<T> {
        T at(long end);
    }

    /** Reads to the end of the log first: an append that failed for the client may still be in the log. */
    private <T> T change(Change<T> change) {
        synchronized (writing) {
            try {
                return change.at(log.readOn(state::apply));
            } catch (KafkaException e) {
                throw RegistryError.of(
                        READ_WRITE_FAILED, "the broker does not serve the topic of the registry: " + e.getMessage(), e);
            }
        }
    }

    private void write(String key, Optional<String> value) {
        log.append(key, value);
        state.apply(key, value);
    }

    /** @throws RegistryError if the text is not an Avro schema */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException | StackOverflowError e) {
            // The parser throws many kinds of exceptions.
            throw RegistryError.of(42201, "Invalid schema: " + e.getMessage(), e);
        }
    }

    /**
     * Registers a schema under a subject, unless it is registered already.
     *
     * @return its id, the same under every subject
     * @throws RegistryError if it is not compatible
     */
    int register(String subject, Schema schema) {
        Optional<Version> known = find(subject, schema, false);
        if (known.isPresent()) {
            return known.get().id();
        }
        return change(end -> {
            // Another thread may have registered it.
            Optional<Version> since = find(subject, schema, false);
            if (since.isPresent()) {
                return since.get().id();
            }
            List<String> problems = level(subject).problems(schema, schemas(state.versions(subject, false)));
            if (!problems.isEmpty()) {
                throw RegistryError.of(
                        409,
                        "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                                + "\", compatibility level " + level(subject) + ": " + String.join("; ", problems));
            }
            // The log's end only grows, so an id is never assigned twice, even if its schema was deleted and compacted.
            int id = state.idOf(schema.toString())
                    .orElseGet(() -> Math.toIntExact(Math.max(state.highestId(), end) + 1));
            int version =
                    last(state.versions(subject, true)).map(Version::version).orElse(0) + 1;
            var added = new Version(subject, version, id, schema.toString(), false);
            write(added.key(), Optional.of(added.value()));
            return id;
        });
    }

    /** The latest version of a subject with this schema. */
    Optional<Version> find(String subject, Schema schema, boolean withDeleted) {
        String text = schema.toString();
        return last(state.versions(subject, withDeleted).stream()
                .filter(each -> each.schema().equals(text))
                .toList());
    }

    /**
     * A version of a subject.
     *
     * @param version a number from 1, -1 or {@code latest}
     * @throws RegistryError if there is none
     */
    Version version(String subject, String version, boolean withDeleted) {
        List<Version> versions = state.versions(subject, withDeleted);
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        if (isLatest(version)) {
            return versions.get(versions.size() - 1);
        }
        int number = number(version);
        return versions.stream()
                .filter(each -> each.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.versionNotFound(number));
    }

    static boolean isLatest(String version) {
        return version.equals("latest") || version.equals("-1");
    }

    private static int number(String version) {
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw RegistryError.of(
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    /**
     * Deletes all versions of a subject. A permanent deletion requires a soft deletion before.
     *
     * @return their numbers
     */
    List<Integer> deleteSubject(String subject, boolean permanent) {
        return change(end -> {
            List<Version> live = state.versions(subject, false);
            List<Version> all = state.versions(subject, true);
            if (all.isEmpty()) {
                throw RegistryError.subjectNotFound(subject);
            }
            if (permanent && !live.isEmpty()) {
                throw RegistryError.of(
                        40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
            }
            if (!permanent && live.isEmpty()) {
                throw RegistryError.of(
                        40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
            }
            List<Version> concerned = permanent ? all : live;
            concerned.forEach(each -> delete(each, permanent));
            return concerned.stream().map(Version::version).toList();
        });
    }

    /** Deletes one version. A permanent deletion requires a soft deletion before. */
    int deleteVersion(String subject, String number, boolean permanent) {
        return change(end -> {
            Version version = version(subject, number, true);
            String name = "Subject '" + subject + "' Version " + version.version();
            if (permanent && !version.deleted()) {
                throw RegistryError.of(40407, name + " was not deleted first before being permanently deleted");
            }
            if (!permanent && version.deleted()) {
                throw RegistryError.of(40406, name + " was soft deleted. Set permanent=true to delete permanently");
            }
            delete(version, permanent);
            return version.version();
        });
    }

    private void delete(Version version, boolean permanent) {
        write(
                version.key(),
                permanent
                        ? Optional.empty()
                        : Optional.of(version.withDeleted(true).value()));
    }

    /** Effective level of a subject. */
    CompatibilityLevel level(String subject) {
        return state.level(Optional.of(subject)).orElseGet(this::level);
    }

    /** Global level, for subjects without their own; BACKWARD by default. */
    CompatibilityLevel level() {
        return state.level(Optional.empty()).orElse(CompatibilityLevel.BACKWARD);
    }

    void setLevel(Optional<String> subject, CompatibilityLevel level) {
        change(end -> {
            write(RegistryState.levelKey(subject), Optional.of(RegistryState.levelValue(level)));
            return level;
        });
    }

    void removeLevel(Optional<String> subject) {
        change(end -> {
            write(RegistryState.levelKey(subject), Optional.empty());
            return subject;
        });
    }

    /** Incompatibilities with one version, or with those that the subject's level requires; empty if compatible. */
    List<String> problems(String subject, Optional<String> version, Schema schema) {
        var against = new ArrayList<Version>();
        if (version.isEmpty() || isLatest(version.get())) {
            against.addAll(state.versions(subject, false));
        } else {
            against.add(version(subject, version.get(), false));
        }
        return level(subject).problems(schema, schemas(against));
    }

    private static List<Schema> schemas(List<Version> versions) {
        return versions.stream().map(each -> parse(each.schema())).toList();
    }

    private static Optional<Version> last(List<Version> versions) {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    @Override
    public void close() {
        synchronized (writing) {
            log.close();
        }
    }
}
