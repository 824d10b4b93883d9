package dev.vorrang.console.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index, which may be closed and opened again while people search. Thread-safe. */
final class IndexAccess {

    private static final Logger LOG = LoggerFactory.getLogger(IndexAccess.class);

    private final Path folder;
    private final String format;
    private RecordIndex index;
    private volatile CorruptIndexException damage;

    /** Searches. */
    @FunctionalInterface
    interface Search<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    IndexAccess(Path folder, String format) {
        this.folder = folder;
        this.format = format;
    }

    /** The index, opened if it is not. */
    synchronized RecordIndex open() throws IOException {
        if (index == null) {
            index = RecordIndex.open(folder, format);
        }
        return index;
    }

    /** @throws UncheckedIOException if the index cannot be read */
    <T> T search(Search<T> search) {
        try {
            return searchOnce(search);
        } catch (AlreadyClosedException e) {
            return searchOnce(search);
        }
    }

    private <T> T searchOnce(Search<T> search) {
        try {
            var searchers = open().searchers();
            IndexSearcher searcher = searchers.acquire();
            try {
                return search.in(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (CorruptIndexException e) {
            damage = e;
            throw new UncheckedIOException("the index is damaged, and will be built anew", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws CorruptIndexException if a search found the index damaged */
    void check() throws CorruptIndexException {
        if (damage != null) {
            throw damage;
        }
    }

    /**
     * Closes the index; what was not committed is forgotten.
     *
     * @param delete whether what was committed is forgotten, too
     */
    synchronized void close(boolean delete) {
        try {
            if (index != null) {
                index.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the index was not closed properly", e);
        } finally {
            index = null;
            damage = null;
        }
        if (delete) {
            try {
                IndexFolder.delete(folder);
            } catch (IOException e) {
                LOG.warn("the index in {} cannot be deleted", folder, e);
            }
        }
    }
}
