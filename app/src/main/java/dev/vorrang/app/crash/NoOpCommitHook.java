package dev.vorrang.app.crash;

import dev.vorrang.scoring.engine.CommitHook;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** Never runs anything before a commit: records are committed that were not scored, and a crash loses them. For the control alone. */
public record NoOpCommitHook(CommitHook hook) implements CommitHook {

    @Override
    public StoreBuilder<?> store() {
        return hook.store();
    }

    @Override
    public Task attach(ProcessorContext<?, ?> context, Runnable beforeCommit) {
        return hook.attach(context, () -> {});
    }
}
