package dev.vorrang.scoring.demand.model;

import dev.vorrang.scoring.demand.model.DemandEncoder.Encoded;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelArray;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.RowTiles;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A model in service that computes its forecasts in a graph. Safe for use by several threads; whoever loaded it closes it. */
final class GraphDemandModel implements DemandModel {

    /** Steps of items in one call, so that its arrays stay small; a batch with more takes several calls. */
    private static final int MAX_STEPS = 48 * 1024;

    private final DemandCard card;
    private final DemandFrame frame;
    private final DemandEncoder encoder;
    private final InferenceBackend backend;

    private GraphDemandModel(DemandCard card, DemandFrame frame, InferenceBackend backend) {
        this.card = card;
        this.frame = frame;
        this.backend = backend;
        encoder = new DemandEncoder(frame, card.known().size(), card.nonNegative(), card.typicalQuantity());
    }

    static GraphDemandModel load(
            Path folder, DemandCard card, DemandFrame frame, ModelOptions options, InferenceBackend.Opener opener) {
        var backend = opener.open(
                folder,
                card,
                options,
                DemandEncoder.inputs(card.known().size()),
                DemandEncoder.outputs(card.levels().size()));
        var model = new GraphDemandModel(card, frame, backend);
        var input = model.probe();
        backend.warmUp(options.warmUp(), size -> model.apply(Collections.nCopies(size, input)));
        return model;
    }

    @Override
    public DemandCard card() {
        return card;
    }

    @Override
    public DemandFrame frame() {
        return frame;
    }

    @Override
    public List<DemandPrediction> apply(List<DemandWindow> inputs) {
        int most = Math.max(1, MAX_STEPS / frame.horizon());
        var predictions = new ArrayList<DemandPrediction>(inputs.size());
        for (int from = 0; from < inputs.size(); from += most) {
            predict(inputs.subList(from, Math.min(inputs.size(), from + most)), predictions);
        }
        return predictions;
    }

    private void predict(List<DemandWindow> inputs, List<DemandPrediction> predictions) {
        List<Encoded> encoded = inputs.stream().map(encoder::encode).toList();
        int horizon = frame.horizon();
        int levels = card.levels().size();
        int rows = RowTiles.filled(inputs.size());
        var arrays = arrays(encoded, rows);
        try (var answer = backend.infer(InferenceBackend.SERVING, arrays)) {
            answer.requireShape(DemandEncoder.QUANTILES, "", rows, horizon, levels);
            answer.requireShape(DemandEncoder.MEAN, "", rows, horizon);
            float[] quantiles = answer.floats(DemandEncoder.QUANTILES);
            float[] means = answer.floats(DemandEncoder.MEAN);
            for (int row = 0; row < encoded.size(); row++) {
                predictions.add(prediction(encoded.get(row), row, quantiles, means));
            }
        }
    }

    private DemandPrediction prediction(Encoded item, int row, float[] quantiles, float[] means) {
        int levels = card.levels().size();
        var own = new float[frame.horizon()][levels];
        var mean = new float[frame.horizon()];
        for (int step = 0; step < mean.length; step++) {
            int at = row * mean.length + step;
            mean[step] = item.demand(means[at]);
            float before = Float.NEGATIVE_INFINITY;
            for (int level = 0; level < levels; level++) {
                // The graph adds widths from the median on; rounding must not make two neighbours cross.
                before = Math.max(before, item.demand(quantiles[at * levels + level]));
                own[step][level] = before;
            }
        }
        return new DemandPrediction(own, mean);
    }

    private Map<String, ModelArray> arrays(List<Encoded> items, int rows) {
        int horizon = frame.horizon();
        int stepFeatures = DemandEncoder.stepFeatures(card.known().size());
        var series = new float[rows * DemandEncoder.SERIES_FEATURES];
        var steps = new float[rows * horizon * stepFeatures];
        var candidates = new float[rows * horizon * DemandEncoder.CANDIDATE_COUNT];
        for (int row = 0; row < items.size(); row++) {
            Encoded item = items.get(row);
            System.arraycopy(
                    item.series(), 0, series, row * DemandEncoder.SERIES_FEATURES, DemandEncoder.SERIES_FEATURES);
            for (int step = 0; step < horizon; step++) {
                int at = row * horizon + step;
                System.arraycopy(item.steps()[step], 0, steps, at * stepFeatures, stepFeatures);
                System.arraycopy(
                        item.candidates()[step],
                        0,
                        candidates,
                        at * DemandEncoder.CANDIDATE_COUNT,
                        DemandEncoder.CANDIDATE_COUNT);
            }
        }
        return Map.of(
                DemandEncoder.SERIES, new ModelArray.Floats(series, rows, DemandEncoder.SERIES_FEATURES),
                DemandEncoder.STEPS, new ModelArray.Floats(steps, rows, horizon, stepFeatures),
                DemandEncoder.CANDIDATES,
                        new ModelArray.Floats(candidates, rows, horizon, DemandEncoder.CANDIDATE_COUNT));
    }

    /** An item that had the same demand for a season. */
    @Override
    public DemandWindow probe() {
        var quantities = new float[Math.min(frame.context(), 2 * frame.season())];
        Arrays.fill(quantities, (float) card.typicalQuantity());
        var known = new float[quantities.length + frame.horizon()][card.known().size()];
        var origin = frame.period().hasCalendar() ? LocalDateTime.of(2024, 1, 1, 0, 0) : null;
        return new DemandWindow(quantities, origin, known);
    }

    @Override
    public void close() {
        backend.close();
    }
}
