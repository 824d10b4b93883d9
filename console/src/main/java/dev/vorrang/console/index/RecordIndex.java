package dev.vorrang.console.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;

/**
 * The documents on disk, and how far the topics were read when they were written: both are committed at once, so that neither is ever
 * without the other. One thread writes; any may search.
 */
final class RecordIndex implements AutoCloseable {

    private static final double BUFFER_MIB = 64;
    /** Merging needs this much space again for a while. */
    private static final double MAX_SEGMENT_MIB = 512;

    private final IndexFolder files;

    private RecordIndex(IndexFolder files) {
        this.files = files;
    }

    /**
     * Opens an index. One that is damaged, or of another format, is deleted first.
     *
     * @param folder its own; created if absent
     * @param format what the documents are made by
     * @throws IOException if the folder cannot be read or written, or another program has it open
     */
    static RecordIndex open(Path folder, String format) throws IOException {
        return new RecordIndex(IndexFolder.open(folder, format, RecordIndex::config, new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
                var searcher = new IndexSearcher(reader);
                // Matches keeps what is worth it.
                searcher.setQueryCache(null);
                return searcher;
            }
        }));
    }

    private static IndexWriterConfig config() {
        var merges = new TieredMergePolicy();
        merges.setMaxMergedSegmentMB(MAX_SEGMENT_MIB);
        return new IndexWriterConfig(new TextAnalyzer())
                .setRAMBufferSizeMB(BUFFER_MIB)
                .setMergePolicy(merges);
    }

    /** What was committed with the documents; empty if there is no commit. */
    Map<String, String> committed() {
        return files.committed();
    }

    SearcherManager searchers() {
        return files.searchers();
    }

    void update(Term id, Document document) throws IOException {
        files.writer().updateDocument(id, document);
    }

    /** Lets searches see what was written. */
    void refresh() throws IOException {
        files.refresh();
    }

    /** Keeps what was written, and with it what is given. */
    void commit(Map<String, String> data) throws IOException {
        files.commit(data);
    }

    /** What is stored of a record, as searches see it. */
    static Optional<StoredRecord> stored(IndexSearcher searcher, RecordId id) throws IOException {
        Term term = Fields.id(id);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int document = IndexFolder.document(leaf, term);
            if (document >= 0) {
                var visitor = new StoredRecord.Visitor(false);
                leaf.reader().storedFields().document(document, visitor);
                return Optional.of(visitor.record());
            }
        }
        return Optional.empty();
    }

    /** Forgets what is not committed. */
    @Override
    public void close() throws IOException {
        files.close();
    }
}
