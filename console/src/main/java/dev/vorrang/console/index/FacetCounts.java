package dev.vorrang.console.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;

/**
 * How many records there are by the values of their facets.
 *
 * @param counts records by facet and value, the most frequent value first, at most {@value #MAX_VALUES} values
 */
record FacetCounts(Map<String, Map<String, Long>> counts) {

    private static final int MAX_VALUES = 100;

    /**
     * Counts what meets a query.
     *
     * @param searcher that the matches are of
     * @param values of its segments
     */
    static FacetCounts of(IndexSearcher searcher, Matches matches, FacetValues.Cache values) throws IOException {
        var counts = new HashMap<String, Long>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            values.of(leaf.reader()).count(matches.of(leaf), (term, count) -> counts.merge(term, count, Long::sum));
        }
        var byFacet = new HashMap<String, Map<String, Long>>();
        counts.forEach((term, count) -> byFacet.computeIfAbsent(Fields.facetName(term), name -> new HashMap<>())
                .put(Fields.facetValue(term), count));
        byFacet.replaceAll((name, found) -> mostFrequent(found));
        return new FacetCounts(byFacet);
    }

    Map<String, Long> of(String facet) {
        return counts.getOrDefault(facet, Map.of());
    }

    private static Map<String, Long> mostFrequent(Map<String, Long> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_VALUES)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }
}
