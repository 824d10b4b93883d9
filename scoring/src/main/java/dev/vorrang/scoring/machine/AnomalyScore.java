package dev.vorrang.scoring.machine;

import dev.vorrang.scoring.machine.judge.Judgement;
import java.util.List;
import java.util.Optional;

/**
 * The anomaly score of a step that is published, out of what a model and the judgement of the machine say. A model compares each sensor
 * with its own past and sees what happens within a step, such as a spike; the judgement compares sensors with each other over minutes to
 * hours. On data of neither, the judgement finds far more where there are others to compare with, and the model where there are none.
 *
 * @param value one minus the part of normal steps with as high a score, 0 to below 1
 * @param sensors names of the sensors
 * @param shares share of each sensor in it; they add up to 1
 */
record AnomalyScore(double value, List<String> sensors, float[] shares) {

    /** Sensors that can be told apart by comparing them: of two that disagree, either may be off. */
    private static final int COMPARABLE = 3;
    /** Part of the rare steps that is the judgement's, and the model's; together 1. */
    private static final double OF_JUDGEMENT = 0.8;

    private static final double OF_MODEL = 1 - OF_JUDGEMENT;

    /**
     * The score of a step.
     *
     * @param sensors those that the judgement has shares of, and perhaps more
     * @param model what a model says, if one knows enough
     * @return empty if neither knows enough
     */
    static Optional<AnomalyScore> of(Judgement judgement, List<String> sensors, Optional<Finding.Anomaly> model) {
        boolean judged = judgement.warm() && judgement.shares().length >= COMPARABLE;
        if (!judged) {
            return model.map(said -> new AnomalyScore(said.score(), said.sensors(), said.shares()));
        }
        if (model.isEmpty()) {
            return Optional.of(new AnomalyScore(judgement.score(), sensors, judgement.shares()));
        }
        // Rates with weights (Genovese, Roeder and Wasserman, False discovery control with p-value weighting, 2006):
        // what
        // either calls one in a hundred is so together, whatever the two have in common.
        Finding.Anomaly said = model.get();
        double ofJudgement = (1 - judgement.score()) / OF_JUDGEMENT;
        double ofModel = (1 - said.score()) / OF_MODEL;
        return Optional.of(
                ofModel < ofJudgement
                        ? new AnomalyScore(score(ofModel), said.sensors(), said.shares())
                        : new AnomalyScore(score(ofJudgement), sensors, judgement.shares()));
    }

    private static double score(double rate) {
        return Math.max(0, 1 - rate);
    }
}
