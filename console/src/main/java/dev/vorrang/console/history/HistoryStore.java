package dev.vorrang.console.history;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks of bytes by key on disk, kept together with a few words of data: what is committed is there as a whole after a crash, or not at
 * all. Thread-safe.
 */
public final class HistoryStore implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryStore.class);
    private static final String KEY = "key";
    private static final String BLOCK = "block";
    private static final String FORMAT = "format";
    private static final double BUFFER_MIB = 16;

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final String format;
    private final Map<String, String> committed = new HashMap<>();

    private HistoryStore(IndexWriter writer, SearcherManager searchers, String format) {
        this.writer = writer;
        this.searchers = searchers;
        this.format = format;
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(each -> committed.put(each.getKey(), each.getValue()));
        }
    }

    /**
     * Opens a store; one that is damaged or of another format is emptied.
     *
     * @param folder its own; created if absent
     * @param format of the blocks
     * @throws IOException if the folder cannot be used, or is in use
     */
    public static HistoryStore open(Path folder, String format) throws IOException {
        Files.createDirectories(folder);
        try {
            var store = tryOpen(folder, format);
            if (store.committed.isEmpty() || format.equals(store.committed.get(FORMAT))) {
                return store;
            }
            LOG.info("what is kept in {} is of another version, and is read anew", folder);
            store.close();
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | EOFException
                | NoSuchFileException
                | IllegalArgumentException e) {
            LOG.warn("what is kept in {} is damaged, and is read anew: {}", folder, e.getMessage());
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        return tryOpen(folder, format);
    }

    private static HistoryStore tryOpen(Path folder, String format) throws IOException {
        var directory = FSDirectory.open(folder);
        try {
            var writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig()
                            .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_COMPRESSION))
                            .setRAMBufferSizeMB(BUFFER_MIB)
                            .setCommitOnClose(false));
            return new HistoryStore(writer, new SearcherManager(writer, null), format);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Whether it can be written; it closes itself when the disk fails. */
    public boolean isOpen() {
        return writer.isOpen();
    }

    /** What was given to the last {@link #commit}. */
    public synchronized Map<String, String> committed() {
        var data = new HashMap<>(committed);
        data.remove(FORMAT);
        return data;
    }

    /** Writes a block in place of the one before; seen after {@link #commit}. */
    public void put(String key, byte[] block) throws IOException {
        var document = new Document();
        document.add(new StringField(KEY, key, Field.Store.NO));
        document.add(new StoredField(BLOCK, block));
        writer.updateDocument(new Term(KEY, key), document);
    }

    /** Deletes a block; seen after {@link #commit}. */
    public void delete(String key) throws IOException {
        writer.deleteDocuments(new Term(KEY, key));
    }

    /** Deletes all blocks; seen after {@link #commit}. */
    public void deleteAll() throws IOException {
        writer.deleteAll();
    }

    /** Keeps what was written. */
    public synchronized void commit(Map<String, String> data) throws IOException {
        var all = new HashMap<>(data);
        all.put(FORMAT, format);
        writer.setLiveCommitData(all.entrySet());
        writer.commit();
        searchers.maybeRefreshBlocking();
        committed.clear();
        committed.putAll(all);
    }

    /** The block of a key. */
    public Optional<byte[]> get(String key) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                int document = document(leaf, key);
                if (document >= 0) {
                    BytesRef block =
                            leaf.reader().storedFields().document(document).getBinaryValue(BLOCK);
                    return Optional.of(Arrays.copyOfRange(block.bytes, block.offset, block.offset + block.length));
                }
            }
            return Optional.empty();
        } finally {
            searchers.release(searcher);
        }
    }

    private static int document(LeafReaderContext leaf, String key) throws IOException {
        var terms = leaf.reader().terms(KEY);
        if (terms == null) {
            return -1;
        }
        TermsEnum found = terms.iterator();
        if (!found.seekExact(new BytesRef(key))) {
            return -1;
        }
        var live = leaf.reader().getLiveDocs();
        PostingsEnum documents = found.postings(null, PostingsEnum.NONE);
        for (int at = documents.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = documents.nextDoc()) {
            if (live == null || live.get(at)) {
                return at;
            }
        }
        return -1;
    }

    /** Keys that begin with a prefix, in order. */
    public List<String> keys(String prefix) throws IOException {
        var keys = new TreeSet<String>();
        IndexSearcher searcher = searchers.acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                var terms = leaf.reader().terms(KEY);
                if (terms != null) {
                    collect(leaf, terms.iterator(), prefix, keys);
                }
            }
        } finally {
            searchers.release(searcher);
        }
        return new ArrayList<>(keys);
    }

    private static void collect(LeafReaderContext leaf, TermsEnum terms, String prefix, TreeSet<String> keys)
            throws IOException {
        boolean more = terms.seekCeil(new BytesRef(prefix)) != TermsEnum.SeekStatus.END;
        while (more && terms.term().utf8ToString().startsWith(prefix)) {
            String key = terms.term().utf8ToString();
            if (!keys.contains(key) && document(leaf, key) >= 0) {
                keys.add(key);
            }
            more = terms.next() != null;
        }
    }

    /** Forgets what was not committed. */
    @Override
    public void close() throws IOException {
        var directory = writer.getDirectory();
        try {
            searchers.close();
            writer.rollback();
        } finally {
            directory.close();
        }
    }
}
