package dev.vorrang.console.index;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Which documents of a segment have which value of a counted facet: a set of bits for each frequent value, a list for each rare one.
 * Segments never change, so this is made once for each; it takes a few bytes for each document. Immutable.
 */
final class FacetValues {

    /** Values of more documents than one in so many take less memory as bits. */
    private static final int FREQUENT = Integer.SIZE;

    private final String[] terms;
    private final FixedBitSet[] frequent;
    private final int[][] rare;

    private FacetValues(String[] terms, FixedBitSet[] frequent, int[][] rare) {
        this.terms = terms;
        this.frequent = frequent;
        this.rare = rare;
    }

    /** Those of all segments that are open. Thread-safe. */
    static final class Cache {

        private final Map<IndexReader.CacheKey, FacetValues> known = new ConcurrentHashMap<>();

        FacetValues of(LeafReader segment) throws IOException {
            var core = segment.getCoreCacheHelper();
            FacetValues values = known.get(core.getKey());
            if (values == null) {
                values = FacetValues.of(segment);
                if (known.put(core.getKey(), values) == null) {
                    core.addClosedListener(known::remove);
                }
            }
            return values;
        }
    }

    private static FacetValues of(LeafReader segment) throws IOException {
        SortedSetDocValues values = DocValues.getSortedSet(segment, Fields.COUNTED);
        int count = Math.toIntExact(values.getValueCount());
        var sizes = new int[count];
        visit(values, (document, value) -> sizes[value]++);
        var terms = new String[count];
        var frequent = new FixedBitSet[count];
        var rare = new int[count][];
        for (int value = 0; value < count; value++) {
            terms[value] = values.lookupOrd(value).utf8ToString();
            if (sizes[value] > segment.maxDoc() / FREQUENT) {
                frequent[value] = new FixedBitSet(segment.maxDoc());
            } else {
                rare[value] = new int[sizes[value]];
            }
        }
        visit(DocValues.getSortedSet(segment, Fields.COUNTED), (document, value) -> {
            if (frequent[value] != null) {
                frequent[value].set(document);
            } else {
                rare[value][rare[value].length - sizes[value]--] = document;
            }
        });
        return new FacetValues(terms, frequent, rare);
    }

    private interface Visitor {
        void visit(int document, int value);
    }

    private static void visit(SortedSetDocValues values, Visitor visitor) throws IOException {
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            for (int left = values.docValueCount(); left > 0; left--) {
                visitor.visit(values.docID(), (int) values.nextOrd());
            }
        }
    }

    /** Counts the documents of a set by facet and value. */
    void count(FixedBitSet documents, ObjLongConsumer<String> counts) {
        for (int value = 0; value < terms.length; value++) {
            long count = frequent[value] != null
                    ? FixedBitSet.intersectionCount(frequent[value], documents)
                    : count(rare[value], documents);
            if (count > 0) {
                counts.accept(terms[value], count);
            }
        }
    }

    private static long count(int[] some, FixedBitSet documents) {
        long count = 0;
        for (int each : some) {
            count += documents.get(each) ? 1 : 0;
        }
        return count;
    }
}
