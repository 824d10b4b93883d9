package dev.vorrang.scoring.machine;

import java.util.List;

/** What a model says of a machine at one step. Arrays are never changed. */
public sealed interface Finding {

    /**
     * How odd it behaves.
     *
     * @param score one minus the false-alarm rate, 0 to below 1
     * @param threshold at this score and above the step counts as odd, above 0 and below 1
     * @param sensors names of the sensors
     * @param shares share of each sensor in the score; they add up to 1
     */
    record Anomaly(double score, double threshold, List<String> sensors, float[] shares) implements Finding {}

    /**
     * Which fault or condition it has.
     *
     * @param labels names of the conditions
     * @param normal which of them the model calls no fault, may be empty
     * @param probabilities probability of each; they add up to 1
     */
    record Fault(List<String> labels, List<String> normal, float[] probabilities) implements Finding {}

    /**
     * How long it will last.
     *
     * @param expected expected remaining useful life, 0 or more, in the unit of the training target
     * @param levels levels of the quantiles, rising, above 0 and below 1
     * @param quantiles quantile at each level, never falling
     */
    record RemainingLife(double expected, double[] levels, double[] quantiles) implements Finding {}
}
