package dev.vorrang.app.streams.mail.command;

import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.cascade.CascadeSettings;
import dev.vorrang.scoring.mail.cascade.DeferralRule;
import dev.vorrang.scoring.mail.cascade.MailCascade;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A mail model, or two in a cascade, for mails of a file. Owns them. */
final class LoadedMailModels implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private final MailModel small;
    private final Optional<MailModel> large;
    private final Predictor<MailText, MailPrediction> predictor;

    private LoadedMailModels(MailModel small, Optional<MailModel> large) {
        this.small = small;
        this.large = large;
        var batch = BatchSettings.defaults();
        var alone = new ModelSlot<>(small, batch);
        this.predictor = large.<Predictor<MailText, MailPrediction>>map(second ->
                        MailCascade.standalone(alone, new ModelSlot<>(second, batch), DeferralRule.defaults()))
                .orElse(alone);
    }

    /**
     * Loads them.
     *
     * @param cascade folder of the large model, if there is one
     * @throws dev.vorrang.scoring.model.ModelRefusedException if one cannot be put into service; nothing stays open then
     */
    static LoadedMailModels load(Path folder, Optional<Path> cascade, ModelOptions options) {
        MailModel small = MailModel.load(folder, options);
        try {
            var large = cascade.map(second -> MailModel.load(
                    second,
                    options.withWarmUp(List.of(1, CascadeSettings.defaults().batchSize()))));
            return new LoadedMailModels(small, large);
        } catch (RuntimeException e) {
            small.close();
            throw e;
        }
    }

    Predictor<MailText, MailPrediction> predictor() {
        return predictor;
    }

    @Override
    public void close() {
        if (predictor.awaitCalls(CLOSE_LIMIT)) {
            large.ifPresent(MailModel::close);
        }
        small.close();
    }
}
