package dev.vorrang.scoring.mail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model says of one mail, before any policy. A model may lack a head.
 *
 * @param topic what it is about
 * @param sentiment how its writer feels
 * @param priority how urgent it is, learned from labelled priorities
 * @param urgency how soon harm comes of it if nobody looks, learned from consequences
 * @param stake what is at stake; the probabilities of several may be high
 * @param languages languages that the model knows (ISO 639-1); empty if it does not say
 * @param deferral what came of it that the small model of a cascade was unsure; empty if it was sure, or answers alone
 */
public record MailPrediction(
        Optional<Head> topic,
        Optional<Head> sentiment,
        Optional<Head> priority,
        Optional<Head> urgency,
        Optional<Head> stake,
        List<String> languages,
        Optional<Deferral> deferral) {

    public static final String TOPIC = "topic";
    public static final String SENTIMENT = "sentiment";
    public static final String PRIORITY = "priority";
    public static final String URGENCY = "urgency";
    public static final String STAKE = "stake";

    /** Names of the heads that a model may have. */
    public static final Set<String> HEADS =
            Collections.unmodifiableSet(new TreeSet<>(Set.of(TOPIC, SENTIMENT, PRIORITY, URGENCY, STAKE)));

    public MailPrediction {
        languages = List.copyOf(languages);
    }

    /** Of a model that answers alone. */
    public MailPrediction(
            Optional<Head> topic,
            Optional<Head> sentiment,
            Optional<Head> priority,
            Optional<Head> urgency,
            Optional<Head> stake,
            List<String> languages) {
        this(topic, sentiment, priority, urgency, stake, languages, Optional.empty());
    }

    /** Of a model that does not say which languages it knows. */
    public MailPrediction(
            Optional<Head> topic,
            Optional<Head> sentiment,
            Optional<Head> priority,
            Optional<Head> urgency,
            Optional<Head> stake) {
        this(topic, sentiment, priority, urgency, stake, List.of());
    }

    /** Of a model that knows neither urgency nor stake. */
    public MailPrediction(Optional<Head> topic, Optional<Head> sentiment, Optional<Head> priority) {
        this(topic, sentiment, priority, Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * One head's answer. The arrays and lists are shared with the model or with other mails: read only.
     *
     * @param labels labels in the order of the model card, the same for every mail
     * @param probabilities calibrated probability of each label; they add up to 1
     * @param best index of the most probable label
     * @param abstained whether the best probability is below the head's threshold in the model card
     * @param words the words that moved this answer most, the strongest first; empty if the model was not asked, or cannot say
     */
    public record Head(
            List<String> labels, float[] probabilities, int best, boolean abstained, List<WordEffect> words) {

        public Head {
            if (labels.size() != probabilities.length) {
                throw new IllegalArgumentException(
                        labels.size() + " labels, but " + probabilities.length + " probabilities");
            }
            Objects.checkIndex(best, probabilities.length);
            words = List.copyOf(words);
        }

        public String label() {
            return labels.get(best);
        }

        public float confidence() {
            return probabilities[best];
        }

        /** Probability of each label, in the order of the labels; a copy. */
        public Map<String, Float> byLabel() {
            var byLabel = new LinkedHashMap<String, Float>();
            for (int label = 0; label < probabilities.length; label++) {
                byLabel.put(labels.get(label), probabilities[label]);
            }
            return byLabel;
        }
    }

    /**
     * A word of the mail and what it did to an answer.
     *
     * @param word as the model read it: in lower case, say
     * @param effect what all its occurrences added to the logit of the answer, against the mean over the labels; positive speaks
     *     for the answer, negative against it
     */
    public record WordEffect(String word, float effect) {}

    /**
     * A head's answer by the name that the head has in the model card; empty if the model lacks it.
     *
     * @throws IllegalArgumentException if no model has such a head
     */
    public Optional<Head> head(String name) {
        return switch (name) {
            case TOPIC -> topic;
            case SENTIMENT -> sentiment;
            case PRIORITY -> priority;
            case URGENCY -> urgency;
            case STAKE -> stake;
            default -> throw new IllegalArgumentException("head '" + name + "': allowed are " + HEADS);
        };
    }

    /** The same answer, with what came of it that the small model was unsure. */
    public MailPrediction with(Deferral other) {
        return new MailPrediction(topic, sentiment, priority, urgency, stake, languages, Optional.of(other));
    }

    /**
     * Whether people should sort this mail: the topic's head abstained or, in a model without one, the sentiment's, then the
     * urgency's and the priority's.
     */
    public boolean abstained() {
        return topic.or(() -> sentiment)
                .or(() -> urgency)
                .or(() -> priority)
                .map(Head::abstained)
                .orElse(true);
    }
}
