package dev.vorrang.console.operations;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.desk.DeskEvents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what people corrected; of several corrections of a record's field the last. For one thread. */
final class CorrectionCounts {

    private final Map<Corrected, Map<String, String>> corrections = new HashMap<>();
    private final Set<String> events = new HashSet<>();

    private record Corrected(String stream, String record) {}

    /** Events that correct nothing, are not valid or were taken before are left out. */
    void take(DeskEvent event) {
        if (event.getType() != DeskEventType.CORRECTED) {
            return;
        }
        try {
            DeskEvents.check(event);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (events.add(event.getId())) {
            corrections
                    .computeIfAbsent(new Corrected(event.getStream(), event.getRecord()), first -> new HashMap<>())
                    .putAll(event.getCorrections());
        }
    }

    /** By field and value, how many records of a stream have it. */
    Map<String, Map<String, Long>> of(String stream) {
        var counts = new TreeMap<String, Map<String, Long>>();
        corrections.forEach((record, fields) -> {
            if (record.stream().equals(stream)) {
                fields.forEach((field, value) -> {
                    if (!value.isBlank()) {
                        counts.computeIfAbsent(field, first -> new TreeMap<>()).merge(value, 1L, Long::sum);
                    }
                });
            }
        });
        return counts;
    }

    void clear() {
        corrections.clear();
        events.clear();
    }
}
