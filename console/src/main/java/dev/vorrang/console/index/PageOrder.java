package dev.vorrang.console.index;

import dev.vorrang.console.view.RecordQuery;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/**
 * An order of records in which no two are equal, so that a page can begin behind the last record of the one before, whatever came or
 * went meanwhile.
 */
enum PageOrder {
    PRIORITY(number(Fields.PRIORITY, true), number(Fields.TIME, false), number(Fields.TIE, false)),
    NEWEST(number(Fields.TIME, true), number(Fields.TIE, false)),
    OLDEST(number(Fields.TIME, false), number(Fields.TIE, false));

    private final Sort sort;

    PageOrder(SortField... fields) {
        sort = new Sort(fields);
    }

    private static SortField number(String field, boolean descending) {
        var sort = new SortField(field, SortField.Type.LONG, descending);
        sort.setMissingValue(0L);
        return sort;
    }

    static PageOrder of(RecordQuery.Sort sort) {
        return valueOf(sort.name());
    }

    Sort sort() {
        return sort;
    }

    /** Place of a record in the order, as text. */
    String cursor(ScoreDoc record) {
        Object[] values = ((FieldDoc) record).fields;
        var bytes = ByteBuffer.allocate(1 + values.length * Long.BYTES).put((byte) ordinal());
        for (Object value : values) {
            bytes.putLong((Long) value);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The place that a cursor names.
     *
     * @param documents of the index
     * @throws IllegalArgumentException if it is none of this order
     */
    FieldDoc place(String cursor, int documents) {
        ByteBuffer bytes = decode(cursor)
                .map(ByteBuffer::wrap)
                .filter(each -> each.remaining() == 1 + sort.getSort().length * Long.BYTES && each.get() == ordinal())
                .orElseThrow(() -> new IllegalArgumentException(
                        "after '" + cursor + "': allowed is what 'next' of the page before was, with the same sort"));
        List<Object> values = Stream.generate(bytes::getLong)
                .limit(sort.getSort().length)
                .map(Object.class::cast)
                .toList();
        // The record itself may be any document by now: all that are equal in all of the fields lie before the place.
        return new FieldDoc(Math.max(0, documents - 1), Float.NaN, values.toArray());
    }

    private static Optional<byte[]> decode(String cursor) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
