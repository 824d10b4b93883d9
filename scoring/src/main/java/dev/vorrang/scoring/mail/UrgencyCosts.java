package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.PrioritySettings.Thresholds;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What it costs to let a mail wait, and what it costs to look at it. A mail of urgency u with stake s that waits like any other costs
 * {@code waiting(u) · stakes(s)}; the expected cost of a mail is the mean of that over the probabilities of the model. A level is worth
 * its attention from where the expected cost of waiting is as high: so a mail that is harmless with nine chances in ten is URGENT if
 * in the tenth people die.
 *
 * <p>The stake is counted as if something were at stake wherever the urgency is not none: of a mail that is either an emergency or
 * nothing, the half that is an emergency is not one about nothing.
 *
 * @param waiting cost of a mail of each urgency that waits, 0 or more, by the model's label; case does not matter
 * @param stakes factor of what is at stake, 0 or more, by the model's label
 * @param otherStakes factor of a stake that is not in the list, and of every mail if the model has no such head
 * @param attention what looking at a mail of this level costs: above 0 and rising from NORMAL to URGENT; LOW costs nothing
 */
public record UrgencyCosts(
        Map<String, Double> waiting, Map<String, Double> stakes, double otherStakes, Map<Priority, Double> attention) {

    /** The most that a cost or factor may be. */
    public static final double MOST = 1_000;

    static final String NONE = "none";
    static final String NOTHING = "nothing";

    /** @throws IllegalArgumentException if a cost is out of its range; the message names it */
    public UrgencyCosts {
        waiting = byLabel("waiting", waiting);
        stakes = byLabel("stakes", stakes);
        PrioritySettings.check("otherStakes", otherStakes, 0, MOST);
        attention = new EnumMap<>(attention);
        double before = 0;
        for (Priority level : new Priority[] {Priority.NORMAL, Priority.HIGH, Priority.URGENT}) {
            double cost = attention.getOrDefault(level, 0.0);
            if (!(cost > before && cost <= MOST)) {
                throw new IllegalArgumentException("attention." + level.name().toLowerCase(java.util.Locale.ROOT) + " "
                        + cost + ": allowed is more than " + before + ", and " + MOST + " at most");
            }
            before = cost;
        }
    }

    /** For the labels of the triage corpus. */
    public static UrgencyCosts defaults() {
        return new UrgencyCosts(
                Map.of("now", 100.0, "today", 25.0, "soon", 5.0, NONE, 0.0),
                Map.ofEntries(
                        Map.entry("life", 1.5),
                        Map.entry("privacy", 1.0),
                        Map.entry("security", 1.0),
                        Map.entry("operation", 1.0),
                        Map.entry("money", 0.8),
                        Map.entry("deadline", 0.8),
                        Map.entry("contract", 0.6),
                        Map.entry("convenience", 0.6),
                        Map.entry(NOTHING, 0.3)),
                0.8,
                Map.of(Priority.NORMAL, 2.5, Priority.HIGH, 12.0, Priority.URGENT, 45.0));
    }

    /**
     * Cost of letting a mail wait whose urgency and stake are known.
     *
     * @param stake null if it is not known
     */
    public double waiting(String urgency, String stake) {
        double factor = stake == null ? otherStakes : stakes.getOrDefault(PrioritySettings.key(stake), otherStakes);
        return waiting.getOrDefault(PrioritySettings.key(urgency), 0.0) * factor;
    }

    /** The highest level whose attention is worth it. */
    public Priority level(double expected) {
        Priority best = Priority.LOW;
        for (Map.Entry<Priority, Double> level : new EnumMap<>(attention).entrySet()) {
            best = expected >= level.getValue() ? level.getKey() : best;
        }
        return best;
    }

    /** Expected cost of letting a mail wait. */
    double expected(MailPrediction.Head urgency, Optional<MailPrediction.Head> stake) {
        double cost = 0;
        double total = 0;
        for (int i = 0; i < urgency.probabilities().length; i++) {
            cost += urgency.probabilities()[i]
                    * waiting.getOrDefault(PrioritySettings.key(urgency.labels().get(i)), 0.0);
            total += urgency.probabilities()[i];
        }
        return total > 0 ? cost / total * stake.map(this::factor).orElse(otherStakes) : 0;
    }

    private double factor(MailPrediction.Head stake) {
        double weighted = 0;
        double total = 0;
        for (int i = 0; i < stake.probabilities().length; i++) {
            String label = PrioritySettings.key(stake.labels().get(i));
            if (!label.equals(NOTHING)) {
                weighted += stake.probabilities()[i] * stakes.getOrDefault(label, otherStakes);
                total += stake.probabilities()[i];
            }
        }
        return total > 0 ? weighted / total : stakes.getOrDefault(NOTHING, otherStakes);
    }

    /**
     * The score that an expected cost makes, 0 to 1: the threshold of a level where the cost is as high as the attention that it asks
     * for, and between these in proportion. It rises with the cost, so mails of one level are in the order of their costs.
     */
    double score(double expected, Thresholds thresholds) {
        double[] costs = {
            0, attention.get(Priority.NORMAL), attention.get(Priority.HIGH), attention.get(Priority.URGENT), most()
        };
        double[] scores = {0, thresholds.normal(), thresholds.high(), thresholds.urgent(), 1};
        for (int level = 1; level < costs.length; level++) {
            if (expected < costs[level]) {
                double share = (expected - costs[level - 1]) / (costs[level] - costs[level - 1]);
                return scores[level - 1] + share * (scores[level] - scores[level - 1]);
            }
        }
        return 1;
    }

    /** The highest cost there is, if a mail can be URGENT at all. */
    private double most() {
        double wait =
                waiting.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double stake =
                stakes.values().stream().mapToDouble(Double::doubleValue).max().orElse(otherStakes);
        return Math.max(wait * Math.max(stake, otherStakes), attention.get(Priority.URGENT) + 1);
    }

    private static Map<String, Double> byLabel(String name, Map<String, Double> costs) {
        costs.forEach((label, cost) -> PrioritySettings.check(name + "." + label, cost, 0, MOST));
        return costs.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> PrioritySettings.key(entry.getKey()), Map.Entry::getValue));
    }
}
