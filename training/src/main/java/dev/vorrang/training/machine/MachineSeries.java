package dev.vorrang.training.machine;

import java.nio.file.Path;

/**
 * Rows of one machine, or of one group of it, in the order of their time. Arrays are shared and never changed.
 *
 * @param file the file it was read from
 * @param machine name of the machine
 * @param group name of the group, empty where there are none
 * @param values {@code [row][sensor]}, NaN where there is none
 * @param targets target of each row, empty where it is not known
 */
public record MachineSeries(Path file, String machine, String group, double[][] values, String[] targets) {

    public int rows() {
        return values.length;
    }
}
