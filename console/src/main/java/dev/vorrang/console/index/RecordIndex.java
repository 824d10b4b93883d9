package dev.vorrang.console.index;

import dev.vorrang.schemas.text.ForeignText;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents on disk, and how far the topics were read when they were written: both are committed at once, so that neither is ever
 * without the other. One thread writes; any may search.
 */
final class RecordIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordIndex.class);
    private static final String FORMAT = "format";
    private static final double BUFFER_MIB = 64;
    /** Merging needs this much space again for a while. */
    private static final double MAX_SEGMENT_MIB = 512;

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final String format;
    private final Map<String, String> committed;

    private RecordIndex(IndexWriter writer, SearcherManager searchers, String format, Map<String, String> committed) {
        this.writer = writer;
        this.searchers = searchers;
        this.format = format;
        this.committed = committed;
    }

    /**
     * Opens an index. One that is damaged, or of another format, is deleted first.
     *
     * @param folder its own; created if absent
     * @param format what the documents are made by
     * @throws IOException if the folder cannot be read or written, or another program has it open
     */
    static RecordIndex open(Path folder, String format) throws IOException {
        Files.createDirectories(folder);
        try {
            RecordIndex index = tryOpen(folder, format);
            if (index.committed.isEmpty() || format.equals(index.committed.get(FORMAT))) {
                return index;
            }
            LOG.info("the index in {} is of another version: it is built anew from the topics", folder);
            index.close();
        } catch (LockObtainFailedException e) {
            throw new IOException("folder " + folder + " is in use by another console: choose another one", e);
        } catch (IOException | RuntimeException e) {
            // A codec that this version does not have is an IllegalArgumentException.
            if (!isDamage(e) && !(e instanceof IllegalArgumentException)) {
                throw e;
            }
            LOG.warn(
                    "the index in {} is damaged and is built anew from the topics: {}",
                    folder,
                    ForeignText.line(String.valueOf(e.getMessage())));
        }
        delete(folder);
        return tryOpen(folder, format);
    }

    /** Whether an index cannot be read; a full or forbidden disk is none of its own. */
    static boolean isDamage(Throwable error) {
        return error instanceof CorruptIndexException
                || error instanceof IndexFormatTooOldException
                || error instanceof IndexFormatTooNewException
                || error instanceof EOFException
                || error instanceof NoSuchFileException
                || error instanceof FileNotFoundException;
    }

    private static RecordIndex tryOpen(Path folder, String format) throws IOException {
        Directory directory = FSDirectory.open(folder);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, config());
            var committed = new HashMap<String, String>();
            if (writer.getLiveCommitData() != null) {
                writer.getLiveCommitData().forEach(each -> committed.put(each.getKey(), each.getValue()));
            }
            var searchers = new SearcherManager(writer, new SearcherFactory() {
                @Override
                public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
                    var searcher = new IndexSearcher(reader);
                    // Matches keeps what is worth it.
                    searcher.setQueryCache(null);
                    return searcher;
                }
            });
            return new RecordIndex(writer, searchers, format, Map.copyOf(committed));
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
    }

    private static IndexWriterConfig config() {
        var merges = new TieredMergePolicy();
        merges.setMaxMergedSegmentMB(MAX_SEGMENT_MIB);
        return new IndexWriterConfig(new TextAnalyzer())
                .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_COMPRESSION))
                .setRAMBufferSizeMB(BUFFER_MIB)
                .setCommitOnClose(false)
                .setMergePolicy(merges);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What was committed with the documents, besides the format; empty if there is no commit. */
    Map<String, String> committed() {
        return committed;
    }

    SearcherManager searchers() {
        return searchers;
    }

    void update(Term id, Document document) throws IOException {
        writer.updateDocument(id, document);
    }

    /** Lets searches see what was written. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** Keeps what was written, and with it what is given. */
    void commit(Map<String, String> data) throws IOException {
        var all = new HashMap<>(data);
        all.put(FORMAT, format);
        writer.setLiveCommitData(all.entrySet());
        writer.commit();
    }

    /** What is stored of a record, as searches see it. */
    static Optional<StoredRecord> stored(IndexSearcher searcher, RecordId id) throws IOException {
        Term term = Fields.id(id);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            var terms = leaf.reader().terms(term.field());
            if (terms == null) {
                continue;
            }
            TermsEnum found = terms.iterator();
            if (!found.seekExact(term.bytes())) {
                continue;
            }
            PostingsEnum documents = found.postings(null, PostingsEnum.NONE);
            var live = leaf.reader().getLiveDocs();
            for (int document = documents.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = documents.nextDoc()) {
                if (live == null || live.get(document)) {
                    var visitor = new StoredRecord.Visitor(false);
                    leaf.reader().storedFields().document(document, visitor);
                    return Optional.of(visitor.record());
                }
            }
        }
        return Optional.empty();
    }

    /** Forgets what is not committed. */
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
