package dev.vorrang.console.index;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/**
 * How many records meet a query, in all and by the values of their facets.
 *
 * @param total all of them
 * @param counts records by facet and value, the most frequent value first, at most {@value #MAX_VALUES} values
 */
record FacetCounts(long total, Map<String, Map<String, Long>> counts) {

    private static final int MAX_VALUES = 100;

    static FacetCounts of(IndexSearcher searcher, Query query) throws IOException {
        return searcher.search(query, new Manager());
    }

    Map<String, Long> of(String facet) {
        return counts.getOrDefault(facet, Map.of());
    }

    private static final class Manager implements CollectorManager<Counter, FacetCounts> {

        @Override
        public Counter newCollector() {
            return new Counter();
        }

        @Override
        public FacetCounts reduce(Collection<Counter> counters) {
            long total = 0;
            var counts = new HashMap<String, Map<String, Long>>();
            for (Counter counter : counters) {
                total += counter.total;
                counter.counts.forEach(
                        (term, count) -> counts.computeIfAbsent(Fields.facetName(term), name -> new HashMap<>())
                                .merge(Fields.facetValue(term), count, Long::sum));
            }
            counts.replaceAll((name, values) -> mostFrequent(values));
            return new FacetCounts(total, counts);
        }
    }

    private static Map<String, Long> mostFrequent(Map<String, Long> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_VALUES)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    /** Counts in one or more segments. For one thread. */
    private static final class Counter implements Collector {

        private long total;
        private final Map<String, Long> counts = new HashMap<>();

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), Fields.COUNTED);
            return new Segment(values, new int[Math.toIntExact(values.getValueCount())]);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        private final class Segment implements LeafCollector {

            private final SortedSetDocValues values;
            private final int[] countOf;

            Segment(SortedSetDocValues values, int[] countOf) {
                this.values = values;
                this.countOf = countOf;
            }

            @Override
            public void setScorer(Scorable scorer) {
                // All are worth the same.
            }

            @Override
            public void collect(int document) throws IOException {
                total++;
                if (values.advanceExact(document)) {
                    for (int left = values.docValueCount(); left > 0; left--) {
                        countOf[(int) values.nextOrd()]++;
                    }
                }
            }

            @Override
            public void finish() throws IOException {
                for (int ordinal = 0; ordinal < countOf.length; ordinal++) {
                    if (countOf[ordinal] > 0) {
                        counts.merge(values.lookupOrd(ordinal).utf8ToString(), (long) countOf[ordinal], Long::sum);
                    }
                }
            }
        }
    }
}
