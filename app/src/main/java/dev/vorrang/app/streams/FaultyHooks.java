package dev.vorrang.app.streams;

import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.NoOpCommitHook;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.stream.StreamHooks;
import dev.vorrang.scoring.engine.CommitHook;
import dev.vorrang.scoring.engine.Model;

/** Puts models that can be made to fail, and that choke on poison, between the program and its real models. */
final class FaultyHooks implements StreamHooks {

    private final boolean withoutHook;
    private final ModelFaults faults = new ModelFaults();

    /** @param withoutHook whether nothing is scored before a commit, which loses records */
    FaultyHooks(boolean withoutHook) {
        this.withoutHook = withoutHook;
    }

    ModelFaults faults() {
        return faults;
    }

    @Override
    public <M extends Model<?, ?>> M model(StreamKit<?, M> kit, M model) {
        return kit.faulty(model, faults);
    }

    @Override
    public CommitHook commit() {
        var hook = StreamHooks.super.commit();
        return withoutHook ? new NoOpCommitHook(hook) : hook;
    }
}
