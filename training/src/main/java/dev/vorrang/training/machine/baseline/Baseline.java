package dev.vorrang.training.machine.baseline;

import java.util.List;

/** A simple detector. Immutable; the same means always give the same severities. */
public interface Baseline {

    /** What it is called in a table. */
    String name();

    /**
     * Severities of all minutes after the first ones.
     *
     * @param means of one machine, one sensor or more
     * @param learning number of the first minutes, which are taken as normal, at least 1
     */
    List<Severity> severities(MinuteMeans means, int learning);

    /** Those that models are compared with. */
    static List<Baseline> all() {
        return List.of(StateLimits.sigma(), StateLimits.movingAverage(), new CutForest());
    }
}
