package dev.vorrang.console.index;

import dev.vorrang.schemas.text.ForeignText;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
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
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lucene's files in a folder of their own, and a few words of data that are committed with the documents: both at once, so that neither is
 * ever without the other. All that is in them stands in the topics, too. Thread-safe.
 */
public final class IndexFolder implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);
    private static final String FORMAT = "format";

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final String format;
    private final Map<String, String> committed = new HashMap<>();

    private IndexFolder(IndexWriter writer, SearcherManager searchers, String format) {
        this.writer = writer;
        this.searchers = searchers;
        this.format = format;
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(each -> committed.put(each.getKey(), each.getValue()));
        }
    }

    /**
     * Opens a folder. What is damaged, or of another format, is deleted first.
     *
     * @param folder its own; created if absent
     * @param format what the documents are made by
     * @param config a new one each time
     * @param searchers makes the searchers
     * @throws IOException if the folder cannot be read or written, or another program has it open
     */
    public static IndexFolder open(
            Path folder, String format, Supplier<IndexWriterConfig> config, SearcherFactory searchers)
            throws IOException {
        Files.createDirectories(folder);
        try {
            IndexFolder opened = tryOpen(folder, format, config.get(), searchers);
            if (opened.committed.isEmpty() || format.equals(opened.committed.get(FORMAT))) {
                return opened;
            }
            LOG.info("the index in {} is of another version: it is built anew from the topics", folder);
            opened.close();
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
        return tryOpen(folder, format, config.get(), searchers);
    }

    private static IndexFolder tryOpen(Path folder, String format, IndexWriterConfig config, SearcherFactory searchers)
            throws IOException {
        Directory directory = FSDirectory.open(folder);
        IndexWriter writer = null;
        try {
            config.setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_COMPRESSION))
                    .setCommitOnClose(false);
            writer = new IndexWriter(directory, config);
            return new IndexFolder(writer, new SearcherManager(writer, searchers), format);
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
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

    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Writes; closes itself when the disk fails. */
    public IndexWriter writer() {
        return writer;
    }

    public SearcherManager searchers() {
        return searchers;
    }

    /** What was committed last with the documents, besides the format; empty if there is no commit. */
    public synchronized Map<String, String> committed() {
        var data = new HashMap<>(committed);
        data.remove(FORMAT);
        return data;
    }

    /** Keeps what was written, and with it what is given. */
    public synchronized void commit(Map<String, String> data) throws IOException {
        var all = new HashMap<>(data);
        all.put(FORMAT, format);
        writer.setLiveCommitData(all.entrySet());
        writer.commit();
        committed.clear();
        committed.putAll(all);
    }

    /** Lets searches see what was written. */
    public void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** The document of a leaf that has a term, of which there is one at most; negative if none has. */
    public static int document(LeafReaderContext leaf, Term term) throws IOException {
        var terms = leaf.reader().terms(term.field());
        if (terms == null) {
            return -1;
        }
        TermsEnum found = terms.iterator();
        if (!found.seekExact(term.bytes())) {
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
