package dev.vorrang.scoring.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Lets oddness count less on a machine that has long been very odd, as it seldom comes back from that to just what it was before.
 * Oddness is divided by one plus a share of its own running mean, taken in the unit of what is barely odd: what lasts stays odd, what
 * is left over from it does not. For one thread.
 */
public final class Habituation {

    /** Name of the card's parameter: share, steps of the running mean, unit. */
    static final String PARAMETER = "habituation";

    private static final double SHARE = 0.2;
    private static final double STEPS = 240;

    private final double share;
    private final double steps;
    private final double unit;
    private double mean;

    private Habituation(double share, double steps, double unit) {
        this.share = share;
        this.steps = steps;
        this.unit = unit;
    }

    /** @param unit oddness that is barely odd, above 0 */
    public static Habituation of(double unit) {
        return new Habituation(SHARE, STEPS, unit);
    }

    /**
     * As a card says.
     *
     * @throws IllegalArgumentException if that makes no sense
     */
    static Habituation of(MachineCard card) {
        double[] numbers = card.parameter(PARAMETER);
        CardCheck.that(
                numbers.length == 3 && numbers[0] >= 0 && numbers[0] < 1 && numbers[1] >= 1 && numbers[2] > 0,
                "parameters." + PARAMETER,
                card.parameters().get(PARAMETER),
                "a share of 0 to below 1, steps of 1 or more, a unit above 0");
        return new Habituation(numbers[0], numbers[1], numbers[2]);
    }

    Map<String, List<Double>> parameters() {
        return Map.of(PARAMETER, List.of(share, steps, unit));
    }

    /**
     * Takes the oddness of the next step.
     *
     * @param odd 0 or more
     * @return what is left of it
     */
    public double next(double odd) {
        double left = odd / (1 + share * mean / unit);
        mean += (odd - mean) / steps;
        return left;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(mean);
    }

    void read(DataInput in) throws IOException {
        mean = in.readDouble();
        if (!(mean >= 0 && mean < Double.POSITIVE_INFINITY)) {
            throw new IOException("damaged state: a mean oddness of " + mean);
        }
    }
}
