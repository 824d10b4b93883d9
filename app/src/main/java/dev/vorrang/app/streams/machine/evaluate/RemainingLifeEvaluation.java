package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.evaluation.RemainingLifeFigures;
import dev.vorrang.training.evaluation.RemainingLifeFigures.Prediction;
import dev.vorrang.training.machine.MachineRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares predictions of the remaining life, capped as in training, with the truth. */
public final class RemainingLifeEvaluation implements Evaluation {

    private static final double LOWER = 0.1;
    private static final double UPPER = 0.9;

    /** Rows of one machine, or of one group of it. */
    record Trace(String name, List<Prediction> predictions) {

        Prediction last() {
            return predictions.get(predictions.size() - 1);
        }
    }

    private final MachineCard.RemainingLife card;
    private final Truth truth;
    private final Map<List<String>, Trace> traces = new LinkedHashMap<>();

    /**
     * @param card of the model
     */
    public RemainingLifeEvaluation(MachineCard.RemainingLife card, Truth truth) {
        this.card = card;
        this.truth = truth;
    }

    @Override
    public void add(MachineRow row, MachineScore score) {
        truth.life(row).filter(any -> score.getRul() != null).ifPresent(life -> {
            String name = row.group().isEmpty() ? row.machine() : row.machine() + ", " + row.group();
            traces.computeIfAbsent(List.of(row.machine(), row.group()), any -> new Trace(name, new ArrayList<>()))
                    .predictions()
                    .add(new Prediction(
                            Math.min(life, card.cap()),
                            score.getRul(),
                            quantile(score, LOWER),
                            quantile(score, UPPER)));
        });
    }

    private static double quantile(MachineScore score, double level) {
        return score.getRulQuantiles().getOrDefault(Double.toString(level), Double.NaN);
    }

    @Override
    public Outcome outcome() {
        if (traces.isEmpty()) {
            throw new TrainingDataException(
                    "no row has both a prediction and a true remaining life in the target column '" + truth.column()
                            + "'");
        }
        List<Trace> machines = List.copyOf(traces.values());
        List<Prediction> rows =
                machines.stream().flatMap(trace -> trace.predictions().stream()).toList();
        var all = RemainingLifeFigures.of(rows);
        var last = RemainingLifeFigures.of(machines.stream().map(Trace::last).toList());
        return new Outcome(all.rows(), measures(all, last), List.of(), RemainingLifeCharts.of(machines, card.cap()));
    }

    private List<Measure> measures(RemainingLifeFigures all, RemainingLifeFigures last) {
        var measures = new ArrayList<Measure>();
        measures.add(new Measure(
                "machines", "Machines", last.rows(), 0, "Each counts once where the last row is measured."));
        measures.add(new Measure(
                "cap",
                "Cap",
                card.cap(),
                0,
                "A longer remaining life counts as this, for a machine in order does not tell how long it will last."));
        part(measures, "last", "last row", "at each machine's last row", last);
        part(measures, "all", "all rows", "over all rows", all);
        return measures;
    }

    private static void part(
            List<Measure> measures, String key, String name, String where, RemainingLifeFigures figures) {
        measures.add(new Measure(
                key + ".rmse",
                "RMSE, " + name,
                figures.rmse(),
                2,
                "Root of the mean squared error " + where + ", in the unit of the life; large errors weigh more."));
        measures.add(new Measure(key + ".mae", "MAE, " + name, figures.mae(), 2, "Mean absolute error " + where + "."));
        measures.add(new Measure(
                key + ".bias",
                "Bias, " + name,
                figures.bias(),
                2,
                "Mean of prediction minus truth " + where + "; above 0 is too long."));
        if ("last".equals(key)) {
            measures.add(
                    new Measure(
                            key + ".nasaScore",
                            "NASA score, " + name,
                            figures.nasaScore(),
                            1,
                            "Sum over the machines that punishes too long more than too short (Saxena et al., 2008); 0 is best."));
        }
        measures.add(new Measure(
                key + ".coverage",
                "Coverage of 80 %, " + name,
                figures.coverage(),
                3,
                "Share of the truths within the 80 % interval " + where + "; 0.8 is right."));
        measures.add(new Measure(
                key + ".width",
                "Width of 80 %, " + name,
                figures.width(),
                2,
                "Mean width of that interval; narrower says more."));
    }
}
