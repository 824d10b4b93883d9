package dev.vorrang.scoring.mail;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Default weights of the labels that data sets use for priorities, English and German. Where priorities are numbers, 1 is the most
 * urgent, as with P1 of ITIL and the header X-Priority; whoever counts the other way sets the weights.
 */
final class PriorityLabels {

    /** The most that a model's own priority adds: half of what is missing to 1, so that it alone makes no mail URGENT. */
    static final double MOST = 0.50;

    private static final double HIGH = 0.30;
    private static final double MIDDLE = 0.0;
    private static final double LOW = -0.30;
    private static final double LEAST = -0.50;

    private PriorityLabels() {}

    /** Weight by label, in lower case. */
    static Map<String, Double> weights() {
        return Stream.of(
                        weights(
                                MOST,
                                "urgent",
                                "critical",
                                "highest",
                                "very_high",
                                "dringend",
                                "kritisch",
                                "sehr_hoch"),
                        weights(HIGH, "high", "hoch"),
                        weights(MIDDLE, "medium", "normal", "mittel"),
                        weights(LOW, "low", "niedrig", "gering"),
                        weights(LEAST, "very_low", "lowest", "sehr_niedrig", "sehr_gering"),
                        weights(MOST, "p1", "1"),
                        weights(HIGH, "p2", "2"),
                        weights(MIDDLE, "p3", "3"),
                        weights(LOW, "p4", "4"),
                        weights(LEAST, "p5", "5"))
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<Map.Entry<String, Double>> weights(double weight, String... labels) {
        return Stream.of(labels).map(label -> Map.entry(label, weight)).toList();
    }
}
