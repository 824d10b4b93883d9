package dev.vorrang.app.crash;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Whether two scores say the same, wherever and whenever they were made. */
final class Likeness {

    /** Where the record scored stands, and when it was scored. */
    private static final Set<String> LEFT_OUT = Set.of("position", "scoredAt");

    /** How a batch is composed may change the last bits of what a model computes. */
    private static final double TOLERANCE = 0;

    private Likeness() {}

    static boolean alike(Object one, Object other) {
        if (one instanceof IndexedRecord first && other instanceof IndexedRecord second) {
            return first.getSchema().getFields().stream()
                    .filter(field -> !LEFT_OUT.contains(field.name()))
                    .mapToInt(Schema.Field::pos)
                    .allMatch(field -> alike(first.get(field), second.get(field)));
        }
        if (one instanceof List<?> first && other instanceof List<?> second) {
            if (first.size() != second.size()) {
                return false;
            }
            for (int i = 0; i < first.size(); i++) {
                if (!alike(first.get(i), second.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
            return first.keySet().equals(second.keySet())
                    && first.entrySet().stream().allMatch(entry -> alike(entry.getValue(), second.get(entry.getKey())));
        }
        if (one instanceof Number first && other instanceof Number second && TOLERANCE > 0) {
            return Math.abs(first.doubleValue() - second.doubleValue())
                    <= TOLERANCE * Math.max(1, Math.abs(first.doubleValue()));
        }
        return Objects.equals(one, other);
    }
}
