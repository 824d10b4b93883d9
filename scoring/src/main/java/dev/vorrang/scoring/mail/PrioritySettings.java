package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.Priority;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the priority policy weighs, and how much. A weight from 0 to 1 is the share of the distance to 1 that a signal adds,
 * one from -1 to 0 the share of the score that it takes away; see {@link PriorityPolicy}.
 *
 * @param topics weight of each topic, 0 to 1, by the model's label; case does not matter
 * @param otherTopics weight of a topic that is not in the list, and of every mail if the model has no topic head, 0 to 1
 * @param sentiments weight of each sentiment, -1 to 1, by the model's label; one not in the list weighs nothing
 * @param modelPriorities weight of each label of the model's own priority head, -1 to 1; one not in the list weighs nothing
 * @param repeat weight of each earlier mail in the thread, 0 to 1
 * @param mostRepeats earlier mails that count at most, 0 or more
 * @param vip weight of a VIP sender, 0 to 1
 * @param vipSenders who is one
 * @param automatic weight of each kind of automatic mail, -1 to 1; one not in the list weighs nothing
 * @param costs what waiting and attention cost, for models that know urgency
 * @param thresholds from where a score is NORMAL, HIGH and URGENT
 * @param rules rules of one's own, in order
 */
public record PrioritySettings(
        Map<String, Double> topics,
        double otherTopics,
        Map<String, Double> sentiments,
        Map<String, Double> modelPriorities,
        double repeat,
        int mostRepeats,
        double vip,
        VipSenders vipSenders,
        Map<Automatic, Double> automatic,
        UrgencyCosts costs,
        Thresholds thresholds,
        List<PriorityRule> rules) {

    /** @throws IllegalArgumentException if a weight is out of its range; the message names it */
    public PrioritySettings {
        topics = byLabel("topics", topics, 0);
        check("otherTopics", otherTopics, 0, 1);
        sentiments = byLabel("sentiments", sentiments, -1);
        modelPriorities = byLabel("modelPriorities", modelPriorities, -1);
        check("repeat", repeat, 0, 1);
        check("mostRepeats", mostRepeats, 0, Integer.MAX_VALUE);
        check("vip", vip, 0, 1);
        Objects.requireNonNull(vipSenders, "vipSenders");
        automatic.forEach((kind, weight) -> check("automatic." + kind, weight, -1, 1));
        automatic = Map.copyOf(automatic);
        Objects.requireNonNull(costs, "costs");
        Objects.requireNonNull(thresholds, "thresholds");
        rules = List.copyOf(rules);
    }

    /** Weights for the topics of the model that ships, without VIPs and rules. */
    public static PrioritySettings defaults() {
        return new PrioritySettings(
                Map.ofEntries(
                        Map.entry("emergency", 0.95),
                        Map.entry("outage", 0.60),
                        Map.entry("complaint", 0.45),
                        Map.entry("access", 0.40),
                        Map.entry("technical", 0.35),
                        Map.entry("cancellation", 0.35),
                        Map.entry("return", 0.30),
                        Map.entry("billing", 0.30),
                        Map.entry("order", 0.30),
                        Map.entry("hr", 0.25),
                        Map.entry("information", 0.25),
                        Map.entry("praise", 0.10),
                        Map.entry("advertising", 0.05)),
                0.30,
                Map.of("negative", 0.30, "neutral", 0.0, "positive", -0.10),
                PriorityLabels.weights(),
                0.10,
                5,
                0.30,
                VipSenders.NONE,
                automaticDefaults(),
                UrgencyCosts.defaults(),
                new Thresholds(0.25, 0.50, 0.75),
                List.of());
    }

    /** These settings with other VIPs. */
    public PrioritySettings withVipSenders(VipSenders senders) {
        return new PrioritySettings(
                topics,
                otherTopics,
                sentiments,
                modelPriorities,
                repeat,
                mostRepeats,
                vip,
                senders,
                automatic,
                costs,
                thresholds,
                rules);
    }

    /** These settings with other costs of waiting and attention. */
    public PrioritySettings withCosts(UrgencyCosts others) {
        return new PrioritySettings(
                topics,
                otherTopics,
                sentiments,
                modelPriorities,
                repeat,
                mostRepeats,
                vip,
                vipSenders,
                automatic,
                others,
                thresholds,
                rules);
    }

    /** These settings with other rules. */
    public PrioritySettings withRules(List<PriorityRule> others) {
        return new PrioritySettings(
                topics,
                otherTopics,
                sentiments,
                modelPriorities,
                repeat,
                mostRepeats,
                vip,
                vipSenders,
                automatic,
                costs,
                thresholds,
                others);
    }

    /**
     * From where a score has a level; below {@code normal} it is LOW.
     *
     * @param normal above 0
     * @param high above normal
     * @param urgent above high, at most 1
     */
    public record Thresholds(double normal, double high, double urgent) {
        public Thresholds {
            if (!(0 < normal && normal < high && high < urgent && urgent <= 1)) {
                throw new IllegalArgumentException("thresholds normal " + normal + ", high " + high + ", urgent "
                        + urgent + ": allowed is 0 < normal < high < urgent <= 1");
            }
        }

        /** Level of a score from 0 to 1. */
        public Priority level(double score) {
            if (score >= urgent) {
                return Priority.URGENT;
            }
            if (score >= high) {
                return Priority.HIGH;
            }
            return score >= normal ? Priority.NORMAL : Priority.LOW;
        }
    }

    static String key(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is " + least + " to " + most);
        }
    }

    private static Map<String, Double> byLabel(String name, Map<String, Double> weights, double least) {
        weights.forEach((label, weight) -> check(name + "." + label, weight, least, 1));
        return weights.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> key(entry.getKey()), Map.Entry::getValue));
    }

    private static Map<Automatic, Double> automaticDefaults() {
        var weights = new EnumMap<Automatic, Double>(Automatic.class);
        weights.put(Automatic.AUTO_REPLY, -0.60);
        weights.put(Automatic.LIST, -0.60);
        weights.put(Automatic.BULK, -0.70);
        weights.put(Automatic.BOUNCE, -0.30);
        weights.put(Automatic.NOTIFICATION, 0.0);
        return weights;
    }
}
