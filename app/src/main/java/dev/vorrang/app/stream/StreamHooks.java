package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.scoring.engine.CachedStoreCommitHook;
import dev.vorrang.scoring.engine.CommitHook;
import dev.vorrang.scoring.engine.Model;

/**
 * What stands between a stream, its models and Kafka Streams. No setting reaches it: only code that tests the program as a whole puts
 * something else in. Safe for use by many threads.
 */
public interface StreamHooks {

    /** As the program runs: models as they are, and every held record scored before a commit. */
    StreamHooks STANDARD = new StreamHooks() {};

    /** What scores, given a model that was loaded; closing it closes that. */
    default <M extends Model<?, ?>> M model(StreamKit<?, M> kit, M model) {
        return model;
    }

    /**
     * Makes holding records safe.
     *
     * @throws IllegalStateException if Kafka Streams on the class path is of a version that it was not tested with
     */
    default CommitHook commit() {
        return CachedStoreCommitHook.create();
    }
}
