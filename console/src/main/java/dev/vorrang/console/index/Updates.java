package dev.vorrang.console.index;

import dev.vorrang.console.view.Change;
import dev.vorrang.schemas.DeskEvent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * Records that changed since searches saw them last. They are written together: so a record that changes twice is written once. For one
 * thread.
 */
final class Updates {

    /** So many are written at once at most. */
    private static final int MAX_RECORDS = 2_000;
    /** So many are written by one thread at once. */
    private static final int PART = 100;
    /** More new records at once are told of by a single {@link Change.Reload}. */
    private static final int MAX_TOLD = 500;

    private final RecordIndex index;
    private final RecordDocuments documents;
    private final IncomingReader reader;
    private final ExecutorService threads;
    private final SimilarRecords similar;
    private final Map<RecordId, Update> updates = new LinkedHashMap<>();
    private final List<Change.Desk> events = new ArrayList<>();

    private record Update(KnownRecord known, Optional<IndexEntry> entry, boolean scored) {}

    /**
     * @param threads write beside the caller
     * @throws IOException if the index cannot be read
     */
    Updates(RecordIndex index, RecordDocuments documents, IncomingReader reader, ExecutorService threads)
            throws IOException {
        this.threads = threads;
        this.index = index;
        IndexSearcher searcher = index.searchers().acquire();
        try {
            similar = SimilarRecords.of(searcher.getIndexReader());
        } finally {
            index.searchers().release(searcher);
        }
        this.documents = documents;
        this.reader = reader;
    }

    boolean isEmpty() {
        return updates.isEmpty() && events.isEmpty();
    }

    boolean isFull() {
        return updates.size() >= MAX_RECORDS;
    }

    /** @throws IOException if the index cannot be read */
    void take(List<Incoming> incoming) throws IOException {
        IndexSearcher searcher = index.searchers().acquire();
        try {
            for (Incoming each : incoming) {
                if (each instanceof Incoming.Score score) {
                    take(searcher, score.scored());
                } else if (each instanceof Incoming.Desk desk) {
                    take(searcher, desk.event());
                }
            }
        } finally {
            index.searchers().release(searcher);
        }
    }

    private void take(IndexSearcher searcher, BoundFeed.Scored<?, ?> scored) throws IOException {
        var id = new RecordId(scored.feed().stream(), scored.id());
        KnownRecord before = known(searcher, id);
        try {
            IndexEntry entry = scored.entry(before.desk().corrections());
            // A record that is scored again stays in its group.
            var group = before.group().or(() -> similar.group(id, entry.signature()));
            updates.put(id, new Update(before.with(scored, group), Optional.of(entry), true));
        } catch (RuntimeException e) {
            reader.leaveOut(scored.feed().topic() + " " + id.id(), e);
        }
    }

    private void take(IndexSearcher searcher, DeskEvent event) throws IOException {
        var id = new RecordId(event.getStream(), event.getRecord());
        KnownRecord before = known(searcher, id);
        Optional<DeskHistory.Past> past = before.desk().past(event.getId());
        if (past.isPresent()) {
            // Sent again by somebody who waits for the answer.
            tell(before, past.get());
            return;
        }
        KnownRecord after = before.with(event);
        try {
            updates.put(id, new Update(after, after.entry(), isScored(id)));
        } catch (RuntimeException e) {
            reader.leaveOut("desk event " + event.getId(), e);
            return;
        }
        tell(after, after.desk().past(event.getId()).orElseThrow());
    }

    private void tell(KnownRecord record, DeskHistory.Past past) {
        events.add(new Change.Desk(
                record.id().stream(),
                record.id().id(),
                past.event().getId(),
                past.counted(),
                record.desk().view()));
    }

    private boolean isScored(RecordId id) {
        return updates.containsKey(id) && updates.get(id).scored;
    }

    private KnownRecord known(IndexSearcher searcher, RecordId id) throws IOException {
        if (updates.containsKey(id)) {
            return updates.get(id).known;
        }
        Optional<StoredRecord> stored = RecordIndex.stored(searcher, id);
        try {
            return stored.map(each -> documents.known(id, each)).orElseGet(() -> KnownRecord.unknown(id));
        } catch (RuntimeException e) {
            throw new CorruptIndexException("what is stored of a record cannot be read", id.term(), e);
        }
    }

    /**
     * Writes them and lets searches see them.
     *
     * @return what to tell
     * @throws IOException if the index cannot be written
     */
    List<Change> write() throws IOException {
        writeAll(List.copyOf(updates.values()));
        index.refresh();
        var changes = new ArrayList<Change>();
        if (updates.values().stream().filter(Update::scored).count() > MAX_TOLD) {
            changes.add(new Change.Reload());
        } else {
            tellScored(changes);
        }
        changes.addAll(events);
        updates.clear();
        events.clear();
        return changes;
    }

    /** Splitting texts into words takes most of the time, and each record stands alone. */
    private void writeAll(List<Update> all) throws IOException {
        var parts = new ArrayList<Future<?>>();
        for (int i = 0; i < all.size(); i += PART) {
            List<Update> part = all.subList(i, Math.min(all.size(), i + PART));
            parts.add(threads.submit(() -> {
                writePart(part);
                return null;
            }));
        }
        IOException failure = null;
        for (Future<?> part : parts) {
            try {
                part.get();
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof IOException cause
                        ? cause
                        : new IOException("records cannot be written: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new InterruptedIOException("interrupted while records were written");
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void writePart(List<Update> part) throws IOException {
        for (Update each : part) {
            try {
                Document document = documents.document(each.known, each.entry);
                index.update(Fields.id(each.known.id()), document);
            } catch (AlreadyClosedException e) {
                throw e;
            } catch (RuntimeException e) {
                // It is this record's fault, and must not stop the others.
                reader.leaveOut(each.known.id().id(), e);
            }
        }
    }

    private void tellScored(List<Change> changes) throws IOException {
        IndexSearcher searcher = index.searchers().acquire();
        // In a flood many records are of one group, whose figures are counted once.
        var groups = new HashMap<Query, Groups>();
        try {
            for (Update each : updates.values()) {
                if (each.scored && each.entry.isPresent()) {
                    var summary = documents.summary(each.known, each.entry.get());
                    var ofType = groups.computeIfAbsent(
                            SearchQueries.type(summary.stream(), summary.type()), type -> new Groups(searcher, type));
                    changes.add(new Change.Scored(ofType.withFigures(summary)));
                }
            }
        } finally {
            index.searchers().release(searcher);
        }
    }
}
