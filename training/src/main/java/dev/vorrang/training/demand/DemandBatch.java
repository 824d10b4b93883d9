package dev.vorrang.training.demand;

/**
 * Windows to learn from, with what came after. Rows are steps of windows, in order.
 *
 * @param windows number of windows
 * @param stepsEach steps of each window
 * @param series {@code [windows, features]}
 * @param steps {@code [windows, stepsEach, features]}
 * @param candidates {@code [windows, stepsEach, candidates]}
 * @param targets {@code [rows]}, in units of the item's scale from its level
 * @param weights {@code [rows]}; 0 where the target is unknown
 */
record DemandBatch(
        int windows,
        int stepsEach,
        float[] series,
        float[] steps,
        float[] candidates,
        float[] targets,
        float[] weights) {}
