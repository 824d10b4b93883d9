package dev.vorrang.console.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * The documents that meet a query, as bits. Most of what is asked for is met by many documents: sets of bits are put together 64 documents
 * at a time, and those of filters are kept. For one answer.
 */
final class Matches {

    private final FixedBitSet[] segments;
    private final long total;

    private Matches(FixedBitSet[] segments, long total) {
        this.segments = segments;
        this.total = total;
    }

    /** Documents that meet a filter, by segment, which never changes. Thread-safe. */
    static final class Cache {

        /** Filters of a segment; beyond them all are made anew. */
        private static final int MAX_FILTERS = 64;

        private final Map<IndexReader.CacheKey, Map<Query, FixedBitSet>> known = new ConcurrentHashMap<>();

        private Map<Query, FixedBitSet> of(LeafReaderContext leaf) {
            var core = leaf.reader().getCoreCacheHelper();
            return known.computeIfAbsent(core.getKey(), key -> {
                core.addClosedListener(known::remove);
                return new ConcurrentHashMap<>();
            });
        }

        private FixedBitSet bits(Query query, Weight weight, LeafReaderContext leaf) throws IOException {
            if (!isKept(query)) {
                return Matches.bits(weight, leaf);
            }
            Map<Query, FixedBitSet> filters = of(leaf);
            FixedBitSet bits = filters.get(query);
            if (bits == null) {
                bits = Matches.bits(weight, leaf);
                if (filters.size() >= MAX_FILTERS) {
                    filters.clear();
                }
                filters.put(query, bits);
            }
            return bits;
        }

        /** What people choose from is chosen again; of words there are too many. */
        private static boolean isKept(Query query) {
            String field = query instanceof TermQuery one
                    ? one.getTerm().field()
                    : query instanceof TermInSetQuery any ? any.getField() : Fields.TEXT;
            return Set.of(Fields.TYPE, Fields.FACET).contains(field);
        }
    }

    /** What was found for one answer, in which the same words are looked for several times. For one thread. */
    static final class Finder {

        private final IndexSearcher searcher;
        private final Cache cache;
        private final Map<Query, FixedBitSet[]> found = new HashMap<>();

        Finder(IndexSearcher searcher, Cache cache) {
            this.searcher = searcher;
            this.cache = cache;
        }

        /** @param query whose clauses must all be met, or not be met */
        Matches find(BooleanQuery query) throws IOException {
            List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
            var segments = new FixedBitSet[leaves.size()];
            for (LeafReaderContext leaf : leaves) {
                segments[leaf.ord] = live(leaf);
            }
            for (BooleanClause clause : query) {
                FixedBitSet[] bits = bits(clause.getQuery());
                for (int i = 0; i < segments.length; i++) {
                    if (clause.isProhibited()) {
                        segments[i].andNot(bits[i]);
                    } else {
                        segments[i].and(bits[i]);
                    }
                }
            }
            long total = 0;
            for (FixedBitSet segment : segments) {
                total += segment.cardinality();
            }
            return new Matches(segments, total);
        }

        private FixedBitSet[] bits(Query query) throws IOException {
            FixedBitSet[] bits = found.get(query);
            if (bits == null) {
                List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
                bits = new FixedBitSet[leaves.size()];
                Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
                for (LeafReaderContext leaf : leaves) {
                    bits[leaf.ord] = cache.bits(query, weight, leaf);
                }
                found.put(query, bits);
            }
            return bits;
        }
    }

    private static FixedBitSet live(LeafReaderContext leaf) {
        Bits live = leaf.reader().getLiveDocs();
        if (live != null) {
            return FixedBitSet.copyOf(live);
        }
        var all = new FixedBitSet(leaf.reader().maxDoc());
        all.set(0, all.length());
        return all;
    }

    /** Deleted documents among them. */
    private static FixedBitSet bits(Weight weight, LeafReaderContext leaf) throws IOException {
        var bits = new FixedBitSet(leaf.reader().maxDoc());
        Scorer scorer = weight.scorer(leaf);
        if (scorer != null) {
            bits.or(scorer.iterator());
        }
        return bits;
    }

    /** How many there are. */
    long total() {
        return total;
    }

    /** Those of a segment. */
    FixedBitSet of(LeafReaderContext leaf) {
        return segments[leaf.ord];
    }

    /** Finds them, in the index that they are of. */
    Query query() {
        return new MatchesQuery(this);
    }
}
