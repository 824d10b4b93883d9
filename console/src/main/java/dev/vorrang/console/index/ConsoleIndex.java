package dev.vorrang.console.index;

import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Everything that was scored, and what people did about it, as an index on disk that follows the topics. The topics are the truth: an
 * index that is damaged, deleted or of another version is built anew from them, and any number of consoles come to the same. Thread-safe.
 */
public final class ConsoleIndex implements RecordStore, AutoCloseable {

    private static final int MAX_THREADS = 4;

    private final IndexAccess access;
    private final RecordSearch search;
    private final Listeners listeners = new Listeners();
    private final Feeder feeder;
    private final ExecutorService threads;
    private final AtomicLong unreadable = new AtomicLong();

    private ConsoleIndex(IndexSettings settings, List<BoundFeed<?, ?>> feeds) {
        var documents = new RecordDocuments(feeds);
        threads = threads();
        access = new IndexAccess(settings.folder(), documents.format());
        search = new RecordSearch(feeds, documents);
        var reader = new IncomingReader(feeds, settings.topics().deskEvents(), settings.serdes(), unreadable);
        feeder = new Feeder(settings, access, reader, documents, listeners, threads);
    }

    /**
     * Opens the index and begins to follow the topics, which need not be there yet.
     *
     * @throws IOException if the folder cannot be read or written, or another console has it open
     */
    public static ConsoleIndex open(IndexSettings settings, List<ConsoleStream> streams) throws IOException {
        var feeds = new ArrayList<BoundFeed<?, ?>>();
        streams.forEach(stream ->
                stream.feeds().forEach(feed -> feeds.add(new BoundFeed<>(stream.name(), feed, settings.serdes()))));
        var index = new ConsoleIndex(settings, feeds);
        try {
            index.access.open();
        } catch (IOException | RuntimeException e) {
            index.threads.shutdown();
            throw e;
        }
        index.feeder.start();
        return index;
    }

    private static ExecutorService threads() {
        var number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()), task -> {
                    var thread = new Thread(task, "console-writing-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public RecordPage search(RecordQuery query) {
        return access.search(searcher -> search.page(searcher, query));
    }

    @Override
    public Optional<RecordDetail> find(String stream, String id) {
        return access.search(searcher -> search.find(searcher, new RecordId(stream, id)));
    }

    @Override
    public AutoCloseable listen(Consumer<Change> listener) {
        return listeners.add(listener);
    }

    @Override
    public Change.Health health() {
        return feeder.health();
    }

    /** Records since the start that could not be read, and are not shown. */
    public long unreadable() {
        return unreadable.get();
    }

    /** Keeps what was read. */
    @Override
    public void close() {
        feeder.close();
        listeners.close();
        access.close(false);
        threads.shutdown();
    }
}
