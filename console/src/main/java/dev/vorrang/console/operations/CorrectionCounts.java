package dev.vorrang.console.operations;

import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts what people corrected, among the records that the console has. Thread-safe. */
final class CorrectionCounts {

    /** Facet of the fields of a record that are corrected; the facet of such a field has what is right. */
    private static final String CORRECTED = "corrected";

    private final RecordStore records;

    CorrectionCounts(RecordStore records) {
        this.records = records;
    }

    /** By field and value, how many records of a stream have it. */
    Map<String, Map<String, Long>> of(String stream) {
        var corrections = new TreeMap<String, Map<String, Long>>();
        for (String field :
                facets(stream, Map.of()).getOrDefault(CORRECTED, Map.of()).keySet()) {
            var values = new TreeMap<>(
                    facets(stream, Map.of(CORRECTED, Set.of(field))).getOrDefault(field, Map.of()));
            values.keySet().removeIf(String::isBlank);
            if (!values.isEmpty()) {
                corrections.put(field, values);
            }
        }
        return corrections;
    }

    private Map<String, Map<String, Long>> facets(String stream, Map<String, Set<String>> filters) {
        return records.search(new RecordQuery(
                        stream,
                        Set.of(),
                        "",
                        filters,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        RecordQuery.Sort.OLDEST,
                        false,
                        Optional.empty(),
                        1))
                .facets();
    }
}
