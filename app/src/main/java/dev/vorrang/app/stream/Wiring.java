package dev.vorrang.app.stream;

import dev.vorrang.scoring.engine.CachedStoreCommitHook;
import dev.vorrang.scoring.engine.CommitHook;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;

/**
 * What stands between a stream, its models and Kafka Streams. No setting reaches it: only code that tests the program as a whole puts
 * something else in. Safe for use by many threads.
 */
public interface Wiring {

    /** As the program runs: models as they are, and every held record scored before a commit. */
    Wiring STANDARD = new Wiring() {};

    /** What scores mails, given the model that was loaded, which stays the caller's to close. */
    default BatchFunction<MailText, MailPrediction> mail(BatchFunction<MailText, MailPrediction> model) {
        return model;
    }

    /** What scores readings, given a model that was loaded; closing it closes that. */
    default MachineModel machine(MachineModel model) {
        return model;
    }

    /**
     * Makes holding records safe.
     *
     * @throws IllegalStateException if Kafka Streams on the class path is of a version that it was not tested with
     */
    default CommitHook hook() {
        return CachedStoreCommitHook.create();
    }
}
