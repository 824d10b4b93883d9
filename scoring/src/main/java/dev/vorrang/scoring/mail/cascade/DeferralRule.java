package dev.vorrang.scoring.mail.cascade;

import dev.vorrang.scoring.mail.MailLanguage;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailText;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which mails the small model of a cascade leaves to the large one. Those of which
 *
 * <ul>
 *   <li>one of the heads has no answer that is probable enough, or
 *   <li>the probability that it is urgent (now or today) is neither low nor high, or
 *   <li>the language is none of those that the small model knows.
 * </ul>
 *
 * <p>Pure and thread-safe.
 *
 * @param heads heads that count; those that the small model lacks do not
 * @param unsureBelow probability of the answer below which a head is unsure, 0 to 1; empty for the head's threshold in the model card
 * @param urgentFrom probability of now and today together from which a mail may be urgent, 0 to 1
 * @param urgentTo up to this probability it may be none, {@code urgentFrom} to 1
 * @param always whether the large model answers all mails
 */
public record DeferralRule(
        Set<String> heads, OptionalDouble unsureBelow, double urgentFrom, double urgentTo, boolean always) {

    private static final Set<String> URGENT = Set.of("now", "today");

    /** @throws IllegalArgumentException if a head or a probability is not allowed */
    public DeferralRule {
        heads = Set.copyOf(heads);
        heads.stream()
                .filter(head -> !MailPrediction.HEADS.contains(head))
                .findFirst()
                .ifPresent(head -> {
                    throw new IllegalArgumentException("head '" + head + "': allowed are " + MailPrediction.HEADS);
                });
        unsureBelow.ifPresent(below -> check("unsureBelow", below, 0));
        check("urgentFrom", urgentFrom, 0);
        check("urgentTo", urgentTo, urgentFrom);
    }

    /** Topic and urgency at the thresholds of the card, and mails that are urgent with a probability of 0.1 to 0.9. */
    public static DeferralRule defaults() {
        return new DeferralRule(
                Set.of(MailPrediction.TOPIC, MailPrediction.URGENCY), OptionalDouble.empty(), 0.1, 0.9, false);
    }

    /** The same with one threshold for all heads. */
    public DeferralRule withUnsureBelow(double below) {
        return new DeferralRule(heads, OptionalDouble.of(below), urgentFrom, urgentTo, always);
    }

    /** The same for all mails. */
    public DeferralRule withAlways() {
        return new DeferralRule(heads, unsureBelow, urgentFrom, urgentTo, true);
    }

    /** Whether the large model is to answer. */
    public boolean defers(MailText mail, MailPrediction small) {
        return always
                || heads.stream()
                        .anyMatch(
                                head -> small.head(head).filter(this::isUnsure).isPresent())
                || small.urgency().isPresent() && mayBeUrgent(urgent(small))
                || isForeign(mail, small.languages());
    }

    private boolean isUnsure(Head head) {
        return unsureBelow.isPresent() ? head.confidence() < unsureBelow.getAsDouble() : head.abstained();
    }

    private boolean mayBeUrgent(double probability) {
        return probability >= urgentFrom && probability <= urgentTo;
    }

    private static boolean isForeign(MailText mail, List<String> known) {
        return !known.isEmpty()
                && MailLanguage.of(mail.subject(), mail.body())
                        .filter(language -> !known.contains(language))
                        .isPresent();
    }

    /** Probability that a mail must be looked at today; 0 if the model does not know. */
    static double urgent(MailPrediction prediction) {
        if (prediction.urgency().isEmpty()) {
            return 0;
        }
        Head head = prediction.urgency().get();
        double sum = 0;
        for (int label = 0; label < head.probabilities().length; label++) {
            sum += URGENT.contains(head.labels().get(label)) ? head.probabilities()[label] : 0;
        }
        return sum;
    }

    private static void check(String name, double probability, double least) {
        if (!(probability >= least && probability <= 1)) {
            throw new IllegalArgumentException(name + " " + probability + ": allowed is " + least + " to 1");
        }
    }
}
