package dev.vorrang.console.index;

import dev.vorrang.schemas.view.Severity;
import java.time.Instant;
import org.apache.lucene.index.Term;

/** Fields of the documents of the index, and how values stand in them. */
final class Fields {

    /** Term: stream and id. */
    static final String ID = "id";
    /** Term: stream and type; those that are shown have one. */
    static final String TYPE = "type";
    /** Term: stream and key. */
    static final String KEY = "key";
    /** Term: stream and group of similar records. */
    static final String GROUP = "group";
    /** Terms, and sorted values of what is counted: facet and value. */
    static final String FACET = "facet";

    static final String COUNTED = "counted";
    /** Words. */
    static final String TEXT = "text";
    /** Severity and rank in one number. */
    static final String PRIORITY = "priority";
    /** Milliseconds since 1970. */
    static final String TIME = "time";
    /** Hash of the id: of records that are equal otherwise one comes first. */
    static final String TIE = "tie";

    /** Of the first record of a group of similar ones: by what it is known. */
    static final String FOUNDER = "founder";

    /** Stored: the summary as JSON, then desk, score and source as bytes. */
    static final String SUMMARY = "summary";

    static final String DESK = "desk";
    static final String SCORE = "score";
    static final String SOURCE = "source";

    /** Facets of all records. */
    static final String STATUS = "status";

    static final String HOLDER = "holder";
    static final String CORRECTED = "corrected";

    private static final char SEPARATOR = '\0';
    /** A term may have 32,766 bytes. */
    private static final int MAX_TERM_CHARS = 1_000;

    private Fields() {}

    static Term id(RecordId id) {
        return new Term(ID, id.term());
    }

    /** A value that two records of different streams may have. */
    static String within(String stream, String value) {
        return cut(stream + SEPARATOR + value);
    }

    static String facet(String name, String value) {
        return cut(name + SEPARATOR + value);
    }

    /** Name of the facet of a term. */
    static String facetName(String term) {
        return term.substring(0, term.indexOf(SEPARATOR));
    }

    /** Value of the facet of a term. */
    static String facetValue(String term) {
        return term.substring(term.indexOf(SEPARATOR) + 1);
    }

    private static String cut(String term) {
        return term.length() <= MAX_TERM_CHARS ? term : term.substring(0, MAX_TERM_CHARS);
    }

    /** Grows with severity, then with rank. */
    static long priority(Severity severity, double rank) {
        float within = Double.isNaN(rank) ? 0 : (float) Math.min(1, Math.max(0, rank));
        // Of numbers that are not negative the order is that of their bits.
        return (long) severity.ordinal() << Integer.SIZE | Float.floatToIntBits(within);
    }

    /** Milliseconds since 1970; what is beyond them is cut. */
    static long millis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Spreads ids evenly (splitmix64 over a polynomial hash of 64 bits). */
    static long tie(RecordId id) {
        long hash = 0;
        String term = id.term();
        for (int i = 0; i < term.length(); i++) {
            hash = hash * 0x9E3779B97F4A7C15L + term.charAt(i);
        }
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }
}
