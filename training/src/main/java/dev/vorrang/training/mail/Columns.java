package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the numbers of each branch stand in a row of a reading's tables in service: one branch behind the other, the square of
 * the row's weight behind each.
 *
 * @param first column of each branch
 * @param widths columns of each branch, without that of the squares
 */
record Columns(Map<Branch, Integer> first, Map<Branch, Integer> widths) {

    static Columns of(Reading reading, Map<Branch, NetworkShape> shapes) {
        var first = new LinkedHashMap<Branch, Integer>();
        var widths = new LinkedHashMap<Branch, Integer>();
        int next = 0;
        for (Map.Entry<Branch, NetworkShape> branch : shapes.entrySet()) {
            int width = branch.getValue().of(reading).width();
            first.put(branch.getKey(), next);
            widths.put(branch.getKey(), width);
            next += width + 1;
        }
        return new Columns(first, widths);
    }

    int first(Branch branch) {
        return first.get(branch);
    }

    int width(Branch branch) {
        return widths.get(branch);
    }

    /** Number of all columns. */
    int all() {
        return widths.values().stream().mapToInt(width -> width + 1).sum();
    }
}
