package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchScorer;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.batch.SharedCalls;
import java.util.List;

/**
 * The model in service. Each batch is scored by the version that is in service when it begins; one that was replaced is closed after
 * its last call. A batch that fails is bisected, and calls of several threads are joined if the settings say so; both belong to the
 * version, so that one model's failures are not held against its successor. Owns its model. Safe for use by many threads.
 *
 * @param <I> what the model reads of a record
 * @param <P> what it says of it
 */
public final class ModelSlot<I, P> implements Predictor<I, P>, AutoCloseable {

    private final BatchSettings batch;
    private volatile Version<I, P> primary;

    /** A model with its calls. It is closed when it is out of service and no call of it is under way. */
    private static final class Version<I, P> {

        private final Model<I, P> model;
        private final ModelRef reference;
        private final BatchScorer<I, Prediction<P>> scorer;
        private int leases = 1;

        Version(Model<I, P> model, BatchSettings batch) {
            this.model = model;
            this.reference = model.reference();
            List<ModelRef> models = List.of(reference);
            BatchFunction<I, P> calls = batch.callsAtOnce().isEmpty()
                    ? model
                    : new SharedCalls<>(model, batch.callsAtOnce().getAsInt(), batch.maxSize());
            BatchFunction<I, Prediction<P>> checked = inputs -> calls.apply(inputs).stream()
                    .map(output -> {
                        model.check(output);
                        return new Prediction<>(output, models);
                    })
                    .toList();
            this.scorer = new BatchScorer<>(checked, model.probe(), batch.failureLimit());
        }

        /** @return false if it is closed */
        synchronized boolean acquire() {
            if (leases == 0) {
                return false;
            }
            leases++;
            return true;
        }

        void release() {
            boolean last;
            synchronized (this) {
                last = --leases == 0;
            }
            if (last) {
                model.close();
            }
        }

        List<Outcome<Prediction<P>>> score(List<I> inputs) {
            List<Outcome<Prediction<P>>> outcomes = scorer.score(inputs);
            outcomes.replaceAll(outcome ->
                    outcome instanceof Outcome.Failed<Prediction<P>> failed ? failed.by(reference) : outcome);
            return outcomes;
        }
    }

    /**
     * Puts a model into service.
     *
     * @param batch how many may fail in a row, and how many calls run at once
     */
    public ModelSlot(Model<I, P> model, BatchSettings batch) {
        this.batch = batch;
        this.primary = new Version<>(model, batch);
    }

    @Override
    public List<Outcome<Prediction<P>>> predict(List<I> inputs) {
        Version<I, P> leased = lease();
        try {
            return leased.score(inputs);
        } finally {
            leased.release();
        }
    }

    private Version<I, P> lease() {
        while (true) {
            Version<I, P> version = primary;
            if (version.acquire()) {
                return version;
            }
            if (version == primary) {
                throw new IllegalStateException("model " + version.reference.getName() + " is closed");
            }
        }
    }

    /** Puts another model into service from the next batch on; the one before is closed after its last call. */
    public synchronized void replace(Model<I, P> successor) {
        Version<I, P> before = primary;
        primary = new Version<>(successor, batch);
        before.release();
    }

    /** The model that the next batch will be scored by; stays this slot's to close. */
    public Model<I, P> model() {
        return primary.model;
    }

    @Override
    public List<ModelRef> inService() {
        return List.of(primary.reference);
    }

    /** Closes the model after its last call. Once. */
    @Override
    public synchronized void close() {
        primary.release();
    }
}
