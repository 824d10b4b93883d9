package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.Feed;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The demand stream: {@code demand.observed} and {@code demand.stock} to {@code demand.forecast}, {@code demand.alerts} and
 * {@code demand.dead-letters}. The two inputs have the item as key, so that what is said of an item comes to one task.
 *
 * @param environment what it runs in
 * @param names names of the topics
 * @param models the models in service
 * @param shape what they read and say
 * @param settings how observations become series, and forecasts decisions
 * @param batch when a batch is scored
 * @param itemsAtHand items that each task keeps at hand between two commits, 1 or more; the others are read from the store
 * @param inMemory whether the store of the items is in memory, else on disk
 */
public record DemandStream(
        StreamEnvironment environment,
        Topics names,
        Predictor<DemandWindow, DemandPrediction> models,
        ForecastShape shape,
        DemandSettings settings,
        BatchSettings batch,
        int itemsAtHand,
        boolean inMemory)
        implements StreamDefinition<DemandObservation, DemandWindow, DemandPrediction> {

    public static final String ID = "demand";
    public static final int DEFAULT_ITEMS_AT_HAND = 5_000;

    public DemandStream {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(batch, "batch");
        StockSettings.check("itemsAtHand", itemsAtHand, itemsAtHand >= 1, "1 or more");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TopicSet<DemandObservation> topics() {
        return topics(names, settings.counts());
    }

    @Override
    public List<Feed<?, DemandObservation>> feeds() {
        return settings.counts().feeds(names);
    }

    /**
     * The topics of the stream.
     *
     * @param counts what of other streams is counted as demand
     */
    public static TopicSet<DemandObservation> topics(Topics names, DemandCounts counts) {
        return new TopicSet<>(
                names.demandObserved(),
                List.of(names.demandStock()),
                List.of(names.demandForecast(), names.demandAlerts()),
                names.demandDeadLetters(),
                counts.topics(names));
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(DemandStates.store(inMemory));
    }

    @Override
    public TaskScorer<DemandObservation, DemandWindow, DemandPrediction> task(
            TaskContext<DemandObservation, DemandWindow, DemandPrediction> context) {
        return new DemandTask(this, context);
    }
}
