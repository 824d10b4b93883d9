package dev.vorrang.console.history;

import dev.vorrang.console.index.IndexFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.util.BytesRef;

/**
 * Blocks of bytes by key on disk, kept together with a few words of data: what is committed is there as a whole after a crash, or not at
 * all. Thread-safe.
 */
public final class HistoryStore implements Closeable {

    private static final String KEY = "key";
    private static final String BLOCK = "block";
    private static final double BUFFER_MIB = 16;

    private final IndexFolder files;

    private HistoryStore(IndexFolder files) {
        this.files = files;
    }

    /**
     * Opens a store; one that is damaged or of another format is emptied.
     *
     * @param folder its own; created if absent
     * @param format of the blocks
     * @throws IOException if the folder cannot be used, or is in use
     */
    public static HistoryStore open(Path folder, String format) throws IOException {
        return new HistoryStore(IndexFolder.open(
                folder, format, () -> new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MIB), new SearcherFactory()));
    }

    /** Whether it can be written; it closes itself when the disk fails. */
    public boolean isOpen() {
        return files.writer().isOpen();
    }

    /** What was given to the last {@link #commit}. */
    public Map<String, String> committed() {
        return files.committed();
    }

    /** Writes a block in place of the one before; seen after {@link #commit}. */
    public void put(String key, byte[] block) throws IOException {
        var document = new Document();
        document.add(new StringField(KEY, key, Field.Store.NO));
        document.add(new StoredField(BLOCK, block));
        files.writer().updateDocument(new Term(KEY, key), document);
    }

    /** Deletes a block; seen after {@link #commit}. */
    public void delete(String key) throws IOException {
        files.writer().deleteDocuments(new Term(KEY, key));
    }

    /** Deletes all blocks; seen after {@link #commit}. */
    public void deleteAll() throws IOException {
        files.writer().deleteAll();
    }

    /** Keeps what was written. */
    public void commit(Map<String, String> data) throws IOException {
        files.commit(data);
        files.refresh();
    }

    /** The block of a key. */
    public Optional<byte[]> get(String key) throws IOException {
        IndexSearcher searcher = files.searchers().acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                int document = IndexFolder.document(leaf, new Term(KEY, key));
                if (document >= 0) {
                    BytesRef block =
                            leaf.reader().storedFields().document(document).getBinaryValue(BLOCK);
                    return Optional.of(Arrays.copyOfRange(block.bytes, block.offset, block.offset + block.length));
                }
            }
            return Optional.empty();
        } finally {
            files.searchers().release(searcher);
        }
    }

    /** Keys that begin with a prefix, in order. */
    public List<String> keys(String prefix) throws IOException {
        var keys = new TreeSet<String>();
        IndexSearcher searcher = files.searchers().acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                var terms = leaf.reader().terms(KEY);
                if (terms != null) {
                    collect(leaf, terms.iterator(), prefix, keys);
                }
            }
        } finally {
            files.searchers().release(searcher);
        }
        return new ArrayList<>(keys);
    }

    private static void collect(LeafReaderContext leaf, TermsEnum terms, String prefix, TreeSet<String> keys)
            throws IOException {
        boolean more = terms.seekCeil(new BytesRef(prefix)) != TermsEnum.SeekStatus.END;
        while (more && terms.term().utf8ToString().startsWith(prefix)) {
            String key = terms.term().utf8ToString();
            if (!keys.contains(key) && IndexFolder.document(leaf, new Term(KEY, key)) >= 0) {
                keys.add(key);
            }
            more = terms.next() != null;
        }
    }

    /** Forgets what was not committed. */
    @Override
    public void close() throws IOException {
        files.close();
    }
}
