package dev.vorrang.scoring.machine;

import java.util.List;

/**
 * Aligned values of a machine's sensors at one moment. Its arrays and lists are shared, and never changed.
 *
 * @param id id of the reading that closed the step
 * @param time time of the step, in ms since 1970
 * @param sensors names of all sensors seen so far. It only grows, so that a sensor keeps its number, and may have grown since: the
 *     step has the first {@code values.length} of them
 * @param values value of each sensor, in the order of {@code sensors}; NaN where there is none
 * @param notes what was amiss, one line each
 */
public record Step(String id, long time, List<String> sensors, double[] values, List<String> notes) {}
