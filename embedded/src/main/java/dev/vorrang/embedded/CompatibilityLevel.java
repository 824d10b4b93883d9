package dev.vorrang.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Compatibility that a new version of a schema must have, with Confluent's names. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOlder;
    private final boolean readByOlder;
    private final boolean all;

    CompatibilityLevel(boolean readsOlder, boolean readByOlder, boolean all) {
        this.readsOlder = readsOlder;
        this.readByOlder = readByOlder;
        this.all = all;
    }

    /** @throws RegistryError if the level does not exist */
    static CompatibilityLevel parse(String name) {
        for (CompatibilityLevel level : values()) {
            if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        throw RegistryError.of(
                42203, "Invalid compatibility level '" + name + "'. Valid values are " + List.of(values()));
    }

    /**
     * Incompatibilities of a schema; empty if it is compatible.
     *
     * @param older versions from oldest to newest
     */
    List<String> problems(Schema schema, List<Schema> older) {
        var problems = new ArrayList<String>();
        List<Schema> against = all || older.isEmpty() ? older : older.subList(older.size() - 1, older.size());
        for (Schema each : against) {
            if (readsOlder) {
                problems.addAll(problemsReading(schema, each, "the new schema cannot read the old"));
            }
            if (readByOlder) {
                problems.addAll(problemsReading(each, schema, "the old schema cannot read the new"));
            }
        }
        return problems;
    }

    private static List<String> problemsReading(Schema reader, Schema writer, String what) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(problem ->
                        what + ": " + problem.getType() + " at " + problem.getLocation() + ": " + problem.getMessage())
                .toList();
    }
}
