package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ScoringStreams;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.StreamsSettings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A stream whose models are loaded.
 *
 * @param <S> type of its settings
 * @param <M> type of its models
 */
public record ScoredStream<S extends StreamOptions, M extends Model<?, ?>>(
        StreamKit<S, M> kit, S settings, List<M> models) {

    /** Starts the stream, and returns when the topics are there and records are scored. It then owns the models. */
    public Scoring start(Topics names, StreamEnvironment environment, StreamsSettings streams, StreamHooks hooks) {
        var definition = kit.define(settings, models, names, environment);
        return Scoring.start(new ScoringStreams(definition, streams, hooks.commit()), kit.name(), models);
    }

    /** Its models in words. */
    public String describe() {
        return models.stream().map(kit::describe).collect(Collectors.joining(", "));
    }
}
