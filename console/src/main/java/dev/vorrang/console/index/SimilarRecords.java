package dev.vorrang.console.index;

import dev.vorrang.schemas.text.Resemblance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/**
 * Finds the group of near duplicates that a record belongs to: that of the first record it resembles, among the last {@value #GROUPS}
 * groups; else it founds one. The groups depend on the order of reading alone. For one thread.
 */
final class SimilarRecords {

    private static final int GROUPS = 50_000;
    /** Of two hashes in the same place the later stays; similar records have so many in common that one is found. */
    private static final int PLACES = 1 << 20;

    private final Founder[] founders = new Founder[GROUPS];
    /** By hash the number of the last group that has it; numbers begin with 1. */
    private final int[] groups = new int[PLACES];

    private int last;

    /** The first record of a group. */
    private record Founder(int number, int stream, String group, List<Integer> signature) {

        byte[] bytes() {
            var bytes = ByteBuffer.allocate((2 + signature.size()) * Integer.BYTES)
                    .putInt(number)
                    .putInt(stream);
            signature.forEach(bytes::putInt);
            return bytes.array();
        }

        static Founder of(String group, BytesRef from) {
            ByteBuffer bytes = ByteBuffer.wrap(from.bytes, from.offset, from.length);
            int number = bytes.getInt();
            int stream = bytes.getInt();
            var signature = new ArrayList<Integer>();
            while (bytes.hasRemaining()) {
                signature.add(bytes.getInt());
            }
            return new Founder(number, stream, group, signature);
        }
    }

    /**
     * The group of a record.
     *
     * @param name of the group; with the stream it is unique
     * @param founder what the group is known by, if the record is its first
     */
    record Membership(String name, Optional<byte[]> founder) {}

    /** Knows the groups of an index again. */
    static SimilarRecords of(IndexReader reader) throws IOException {
        var similar = new SimilarRecords();
        for (LeafReaderContext leaf : reader.leaves()) {
            BinaryDocValues values = DocValues.getBinary(leaf.reader(), Fields.FOUNDER);
            var names = DocValues.getNumeric(leaf.reader(), Fields.TIE);
            var live = leaf.reader().getLiveDocs();
            for (int document = values.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = values.nextDoc()) {
                if ((live == null || live.get(document)) && names.advanceExact(document)) {
                    similar.know(Founder.of(name(names.longValue()), values.binaryValue()));
                }
            }
        }
        return similar;
    }

    /**
     * The group of a new record.
     *
     * @param signature as for {@link Resemblance}; empty if it is like no other
     */
    Optional<Membership> group(RecordId record, List<Integer> signature) {
        if (signature.isEmpty()) {
            return Optional.empty();
        }
        int stream = record.stream().hashCode();
        Optional<Founder> founder = mostSimilar(stream, signature);
        if (founder.isPresent()) {
            return founder.map(each -> new Membership(each.group, Optional.empty()));
        }
        var founded = new Founder(last + 1, stream, name(Fields.tie(record)), List.copyOf(signature));
        know(founded);
        return Optional.of(new Membership(founded.group, Optional.of(founded.bytes())));
    }

    private static String name(long tie) {
        return Long.toHexString(tie);
    }

    private void know(Founder founder) {
        last = Math.max(last, founder.number);
        int slot = founder.number % GROUPS;
        if (founders[slot] != null && founders[slot].number > founder.number) {
            return;
        }
        founders[slot] = founder;
        for (int hash : founder.signature) {
            int place = place(founder.stream, hash);
            groups[place] = Math.max(groups[place], founder.number);
        }
    }

    private static int place(int stream, int hash) {
        int mixed = (hash ^ stream) * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & PLACES - 1;
    }

    private Optional<Founder> mostSimilar(int stream, List<Integer> signature) {
        Founder most = null;
        double resemblance = Resemblance.NEAR_DUPLICATE;
        Set<Integer> tried = new HashSet<>();
        for (int hash : signature) {
            int number = groups[place(stream, hash)];
            Founder founder = founders[number % GROUPS];
            if (founder == null || founder.number != number || founder.stream != stream || !tried.add(number)) {
                continue;
            }
            double found = Resemblance.of(founder.signature, signature);
            if (found > resemblance || found == resemblance && (most == null || founder.number < most.number)) {
                most = founder;
                resemblance = found;
            }
        }
        return Optional.ofNullable(most);
    }
}
