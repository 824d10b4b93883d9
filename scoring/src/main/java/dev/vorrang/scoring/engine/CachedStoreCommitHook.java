package dev.vorrang.scoring.engine;

import java.util.Map;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.internals.metrics.ClientMetrics;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A store without data that poses as a cache: {@code StreamTask.prepareCommit} flushes caches, before it reads the offsets to
 * commit, on every way to a commit. These are internals of Kafka Streams, and this class is the only one that touches them; so it
 * works with the minor version it was tested with and refuses any other.
 */
public final class CachedStoreCommitHook implements CommitHook {

    private static final String TESTED_MINOR = "4.3";
    private static final String NAME = "held-records";

    private CachedStoreCommitHook() {}

    /** @throws IllegalStateException if Kafka Streams on the class path is not of the minor version this was tested with */
    public static CachedStoreCommitHook create() {
        return create(ClientMetrics.version());
    }

    static CachedStoreCommitHook create(String version) {
        if (!version.startsWith(TESTED_MINOR + ".")) {
            throw new IllegalStateException("kafka-streams " + version
                    + " is on the class path, but holding records until they are"
                    + " scored relies on internals that are tested with " + TESTED_MINOR
                    + ".x only; with another version records could be lost. Use kafka-streams " + TESTED_MINOR + ".x.");
        }
        return new CachedStoreCommitHook();
    }

    @Override
    public StoreBuilder<?> store() {
        return new Builder();
    }

    @Override
    public Task attach(ProcessorContext<?, ?> context, Runnable beforeCommit) {
        HookStore store = context.getStateStore(NAME);
        store.beforeCommit = beforeCommit;
        return new AttachedTask((InternalProcessorContext<?, ?>) context, store);
    }

    private record AttachedTask(InternalProcessorContext<?, ?> context, HookStore store) implements Task {

        @Override
        public Place here() {
            return new RecordPlace(context, context.currentNode(), context.recordContext());
        }

        @Override
        public void detach() {
            store.beforeCommit = HookStore.NOTHING;
        }
    }

    private record RecordPlace(
            InternalProcessorContext<?, ?> context, ProcessorNode<?, ?, ?, ?> node, ProcessorRecordContext record)
            implements Place {

        @Override
        public void resume(Runnable work) {
            var nodeBefore = context.currentNode();
            var recordBefore = context.recordContext();
            context.setCurrentNode(node);
            context.setRecordContext(record);
            try {
                work.run();
            } finally {
                context.setRecordContext(recordBefore);
                context.setCurrentNode(nodeBefore);
            }
        }
    }

    private static final class HookStore implements StateStore, CachedStateStore<byte[], byte[]> {

        private static final Runnable NOTHING = () -> {};

        private Runnable beforeCommit = NOTHING;
        private boolean open;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            context.register(root, (key, value) -> {
                throw new StreamsException("store '" + NAME + "' has no changelog");
            });
            open = true;
        }

        @Override
        public void flushCache() {
            beforeCommit.run();
        }

        @Override
        public void clearCache() {
            // Nothing is cached.
        }

        @Override
        public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
            return false;
        }

        @Override
        public void close() {
            open = false;
            beforeCommit = NOTHING;
        }

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }

    private static final class Builder implements StoreBuilder<HookStore> {

        @Override
        public StoreBuilder<HookStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<HookStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<HookStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("store '" + NAME + "' keeps no data to log");
        }

        @Override
        public StoreBuilder<HookStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public HookStore build() {
            return new HookStore();
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
