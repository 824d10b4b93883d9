package dev.vorrang.scoring.mail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The signals of one mail and the score they make; for one thread. {@link PriorityPolicy} has the formula. */
final class Signals {

    /** A reason that rounds to 0.00 says nothing. */
    private static final double LEAST_EFFECT = 0.005;

    private final List<Signal> signals = new ArrayList<>();

    private record Signal(String words, double weight) {}

    private record Effect(String words, double moved) {}

    /** @param weight -1 to 1 */
    void add(String words, double weight) {
        signals.add(new Signal(words, weight));
    }

    double score() {
        return scoreWithout(null);
    }

    /** The strongest first; of equals the first in the alphabet. */
    List<String> reasons() {
        double score = score();
        return signals.stream()
                .map(signal -> new Effect(signal.words(), score - scoreWithout(signal)))
                .filter(effect -> Math.abs(effect.moved()) >= LEAST_EFFECT)
                .sorted(Comparator.<Effect>comparingDouble(effect -> -Math.abs(effect.moved()))
                        .thenComparing(Effect::words))
                .map(effect -> String.format(Locale.ROOT, "%s %+.2f", effect.words(), effect.moved()))
                .toList();
    }

    private double scoreWithout(Signal left) {
        double missing = 1;
        double kept = 1;
        for (var signal : signals) {
            if (signal != left) {
                missing *= 1 - Math.max(0, signal.weight());
                kept *= 1 + Math.min(0, signal.weight());
            }
        }
        return (1 - missing) * kept;
    }
}
