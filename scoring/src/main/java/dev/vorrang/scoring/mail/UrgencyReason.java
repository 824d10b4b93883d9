package dev.vorrang.scoring.mail;

import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailPrediction.WordEffect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The reason that urgency and stake give for a priority, as a sentence in English and in German and as data: {@code urgency now (83 %),
 * at stake: life and safety (91 %): 'ventilator', 'by hand'}.
 */
final class UrgencyReason {

    private static final String NOW = "now";
    /** A chance of an emergency that is worth telling where something else is more probable. */
    private static final double WORTH_TELLING = 0.1;

    private static final int MOST_WORDS = 3;

    private static final Map<String, String> ENGLISH = Map.of(
            "life", "life and safety",
            "privacy", "data and privacy",
            "operation", "operation down",
            "deadline", "legal deadline");
    private static final Map<String, String> GERMAN = Map.ofEntries(
            Map.entry(NOW, "jetzt"),
            Map.entry("today", "heute"),
            Map.entry("soon", "bald"),
            Map.entry("none", "keine"),
            Map.entry("life", "Leben und Sicherheit"),
            Map.entry("privacy", "Daten und Privatsphäre"),
            Map.entry("security", "Sicherheit der Systeme"),
            Map.entry("operation", "Betrieb steht"),
            Map.entry("money", "Geld"),
            Map.entry("deadline", "gesetzliche Frist"),
            Map.entry("contract", "Vertrag"),
            Map.entry("convenience", "Bequemlichkeit"),
            Map.entry("nothing", "nichts"));

    private final Head urgency;
    private final Optional<Head> stake;
    private final List<String> words;

    UrgencyReason(Head urgency, Optional<Head> stake) {
        this.urgency = urgency;
        this.stake = stake;
        this.words = words(urgency, stake);
    }

    String english() {
        return sentence("urgency", "at stake", ENGLISH);
    }

    private String german() {
        return sentence("Dringlichkeit", "auf dem Spiel", GERMAN);
    }

    Map<String, String> parameters() {
        return Map.of(
                "label", urgency.label(),
                "confidence", Float.toString(urgency.confidence()),
                "now", Float.toString(now(urgency)),
                "stake", stake.map(Head::label).orElse(""),
                "stakeConfidence",
                        stake.map(head -> Float.toString(head.confidence())).orElse(""),
                "words", String.join(",", words),
                "german", german());
    }

    private String sentence(String ofUrgency, String atStake, Map<String, String> names) {
        var text = new StringBuilder(ofUrgency)
                .append(' ')
                .append(described(names, urgency.label(), urgency.confidence()));
        boolean chance = chanceOfNow(urgency);
        if (chance) {
            text.append(", ").append(described(names, NOW, now(urgency)));
        }
        stake.ifPresent(head -> {
            text.append(", ").append(atStake).append(": ").append(described(names, head.label(), head.confidence()));
            if (chance && head.label().equals(UrgencyCosts.NOTHING)) {
                int other = mostProbableLoss(head);
                text.append(", ").append(described(names, head.labels().get(other), head.probabilities()[other]));
            }
        });
        if (!words.isEmpty()) {
            text.append(": ")
                    .append(words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static String described(Map<String, String> names, String label, float probability) {
        return names.getOrDefault(label, label) + " (" + Math.round(100 * probability) + " %)";
    }

    /** Whether the mail may be an emergency though something else is more probable. */
    private static boolean chanceOfNow(Head urgency) {
        return !urgency.label().equals(NOW) && now(urgency) >= WORTH_TELLING;
    }

    /** Place of the most probable stake that is one. */
    private static int mostProbableLoss(Head stake) {
        int best = -1;
        for (int i = 0; i < stake.labels().size(); i++) {
            boolean loss = !stake.labels().get(i).equals(UrgencyCosts.NOTHING);
            if (loss && (best < 0 || stake.probabilities()[i] > stake.probabilities()[best])) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The words that speak for what is told, the strongest first; those that mean nothing by themselves left out. Words that speak for
     * harmlessness are no reason of a score that a chance of an emergency raised.
     */
    private static List<String> words(Head urgency, Optional<Head> stake) {
        var all = new ArrayList<WordEffect>();
        boolean chance = chanceOfNow(urgency);
        if (!(chance && urgency.label().equals(UrgencyCosts.NONE))) {
            all.addAll(urgency.words());
        }
        stake.filter(head -> !(chance && head.label().equals(UrgencyCosts.NOTHING)))
                .ifPresent(head -> all.addAll(head.words()));
        return all.stream()
                .filter(word -> word.effect() > 0 && FunctionWords.tells(word.word()))
                .sorted(Comparator.comparingDouble(WordEffect::effect).reversed())
                .map(WordEffect::word)
                .distinct()
                .limit(MOST_WORDS)
                .toList();
    }

    private static float now(Head urgency) {
        int place = urgency.labels().indexOf(NOW);
        return place < 0 ? 0 : urgency.probabilities()[place];
    }
}
