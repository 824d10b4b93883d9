package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The signals of one mail and the score they make; for one thread. {@link PriorityPolicy} has the formula. */
final class Signals {

    /** A reason that rounds to 0.00 says nothing. */
    private static final double LEAST_EFFECT = 0.005;

    private final List<Signal> signals = new ArrayList<>();

    private record Signal(MailReason reason, String words, Map<String, String> parameters, double weight) {}

    private record Effect(Signal signal, double moved) {

        Reason reason() {
            String effect = signed(moved);
            var parameters = new TreeMap<>(signal.parameters());
            parameters.put("effect", effect);
            return signal.reason().of(signal.words() + " " + effect, parameters);
        }
    }

    /**
     * @param words the reason without its effect
     * @param parameters of the reason, without its effect
     * @param weight -1 to 1
     */
    void add(MailReason reason, String words, Map<String, String> parameters, double weight) {
        signals.add(new Signal(reason, words, parameters, weight));
    }

    double score() {
        return scoreWithout(null);
    }

    /** The strongest first; of equals the first in the alphabet. */
    List<Reason> reasons() {
        double score = score();
        return signals.stream()
                .map(signal -> new Effect(signal, score - scoreWithout(signal)))
                .filter(effect -> Math.abs(effect.moved()) >= LEAST_EFFECT)
                .sorted(Comparator.<Effect>comparingDouble(effect -> -Math.abs(effect.moved()))
                        .thenComparing(effect -> effect.signal().words()))
                .map(Effect::reason)
                .toList();
    }

    /** With two decimals. {@code String.format} would take a tenth of all the time that goes into a mail. */
    static String signed(double value) {
        long hundredths = Math.round(100 * Math.abs(value));
        long below = hundredths % 100;
        return (value < 0 ? "-" : "+") + hundredths / 100 + (below < 10 ? ".0" : ".") + below;
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
