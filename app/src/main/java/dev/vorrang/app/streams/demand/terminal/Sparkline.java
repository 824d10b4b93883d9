package dev.vorrang.app.streams.demand.terminal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Quantities as block characters, one each: as high as they are on a scale from 0. Immutable.
 *
 * @param most quantity of the highest block; what is above it is drawn as high
 */
record Sparkline(double most) {

    /** The lowest is for what is nothing or less. */
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private static final String UNKNOWN = "·";

    /** @param quantities null where one is not known */
    String draw(List<Float> quantities) {
        return quantities.stream().map(this::block).collect(Collectors.joining());
    }

    private String block(Float quantity) {
        if (quantity == null) {
            return UNKNOWN;
        }
        int highest = BLOCKS.length() - 1;
        double level = most > 0 ? Math.ceil(highest * quantity / most) : 0;
        int place = (int) Math.max(0, Math.min(highest, level));
        return BLOCKS.substring(place, place + 1);
    }
}
