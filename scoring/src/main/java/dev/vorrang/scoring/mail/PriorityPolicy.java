package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns what a model says of a mail, and what its envelope says, into a priority. Pure and thread-safe.
 *
 * <p>Each signal has a weight w from -1 to 1. Those above 0 join as a noisy or (Pearl, <i>Probabilistic Reasoning in
 * Intelligent Systems</i>, 1988, section 4.3.2): each takes its share of what is missing to 1. Those below 0 then take their
 * share of the result:
 *
 * <pre>score = (1 - Π (1 - w)) · Π (1 - |v|)    over all w &gt; 0 and all v &lt; 0</pre>
 *
 * <p>So the score lies in [0, 1], rises with every weight, and does not depend on the order of the signals. The signals:
 *
 * <ul>
 *   <li>of a model that knows urgency: the score that the expected cost of waiting makes, see {@link UrgencyCosts}; topic, sentiment
 *       and priority of such a model do not count
 *   <li>of any other: topic: Σ p(topic) · weight(topic) over all topics, not only the most probable one, so that a small change of
 *       the text moves the score a little; the same for sentiment and for the model's own priority head, if it has them
 *   <li>n earlier mails in the thread: 1 - (1 - repeat)^n, with n at most {@code mostRepeats}
 *   <li>a VIP sender; automatic mail; each rule that holds and has {@code add}
 * </ul>
 *
 * <p>A rule with {@code set} replaces the score. If the model abstained on a mail that a person wrote, the score is at least the
 * threshold of NORMAL, last of all. It abstains on a mail whose content was not read, that has none, or whose language is none of the model's, whatever it answers; so is it for a notice of a program, which may be an alarm. Other automatic mail is known by its headers and has no such floor. With {@linkplain PrioritySettings#defaults() the default weights}:
 *
 * <pre>
 * sure of outage (0.60)                                  1 - 0.40                = 0.60 HIGH
 * the same, sure of negative (0.30)                      1 - 0.40 · 0.70         = 0.72 HIGH
 * the same from a VIP (0.30)                             1 - 0.40 · 0.70 · 0.70  = 0.80 URGENT
 * half outage, half praise (0.10): topic is 0.35         1 - 0.65                = 0.35 NORMAL
 * sure of information (0.25) in a bulk mail (-0.70)      0.25 · 0.30             = 0.08 LOW
 * sure of information, its own priority critical (0.50)  1 - 0.75 · 0.50         = 0.63 HIGH
 * sure of information, its own priority low (-0.30)      0.25 · 0.70             = 0.175 LOW
 * </pre>
 *
 * <p>A learned priority goes by what those who labelled the mails went by, and that may have been the word "urgent". So it takes at
 * most half of what is missing to 1, and alone makes no mail URGENT that is not so by its topic.
 *
 * <p>The policy never looks into subject or text: a mail that calls itself urgent gains nothing by it beyond what the model
 * makes of it. Rules may read them; whoever writes one decides what a stranger's words may do.
 *
 * <p>A reason's number is what its signal moved: the score with it less the score without it, before any {@code set}. The
 * numbers do not add up to the score, for the signals share what is missing to 1.
 */
public final class PriorityPolicy {

    private static final Reason UNSURE = minimum(MailReason.MODEL_UNSURE, "model unsure", Map.of());

    private final PrioritySettings settings;
    private final CompiledRules rules;

    private PriorityPolicy(PrioritySettings settings, CompiledRules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    /**
     * @throws dev.vorrang.scoring.rule.ConditionException if a rule is not valid CEL; the message names rule, expression,
     *     position and what is allowed
     */
    public static PriorityPolicy of(PrioritySettings settings) {
        Objects.requireNonNull(settings, "settings");
        return new PriorityPolicy(settings, CompiledRules.of(settings.rules()));
    }

    /**
     * Judges one mail.
     *
     * @param mail the mail
     * @param prediction what the model says of it
     * @param repeats mails of the same thread that came before it, 0 for the first
     * @throws IllegalArgumentException if repeats is negative
     */
    public PriorityDecision judge(EmailMessage mail, MailPrediction prediction, int repeats) {
        return judge(context(mail, prediction, repeats), prediction);
    }

    /** How often each rule has failed on a mail, by the rule's name in the order of the rules. */
    public Map<String, Long> failures() {
        return rules.failures();
    }

    MailContext context(EmailMessage mail, MailPrediction prediction, int repeats) {
        if (repeats < 0) {
            throw new IllegalArgumentException("repeats " + repeats + ": allowed is 0 or more");
        }
        String language = MailLanguage.of(mail.getSubject(), mail.getText()).orElse("");
        return new MailContext(
                mail,
                classification(prediction.topic()),
                classification(prediction.sentiment()),
                classification(prediction.urgency()),
                classification(prediction.stake()),
                language,
                prediction.abstained()
                        || whyUnread(mail).isPresent()
                        || whyForeign(language, prediction).isPresent(),
                repeats,
                settings.vipSenders().sent(mail),
                Optional.empty());
    }

    PriorityDecision judge(MailContext context, MailPrediction prediction) {
        var signals = signals(context, prediction);
        var applied = rules.apply(context, signals);
        var reasons = new ArrayList<Reason>();
        double score = applied.set().orElseGet(signals::score);
        reasons.addAll(applied.setReasons());
        reasons.addAll(signals.reasons());
        if (context.abstained() && mustBeRead(context.mail().getAutomatic())) {
            score = Math.max(score, settings.thresholds().normal());
            reasons.add(whyUnread(context.mail())
                    .or(() -> whyForeign(context.language(), prediction))
                    .orElse(UNSURE));
        }
        prediction.deferral().flatMap(PriorityPolicy::whySmall).ifPresent(reasons::add);
        reasons.addAll(applied.skipped());
        return new PriorityDecision((float) score, settings.thresholds().level(score), reasons);
    }

    /** Replies, newsletters and bounces need no model to be told apart; a notice may be an alarm. */
    private static boolean mustBeRead(Automatic kind) {
        return kind == Automatic.NONE || kind == Automatic.NOTIFICATION;
    }

    /** Why the model cannot know what the mail says, whatever it answers; empty if it has read it. */
    private static Optional<Reason> whyUnread(EmailMessage mail) {
        if (mail.getParseStatus() == ParseStatus.UNREAD) {
            String notes = String.join("; ", mail.getParseNotes());
            String why = notes.isEmpty() ? "" : " (" + notes + ")";
            return Optional.of(minimum(MailReason.CONTENT_UNREAD, "content not read" + why, Map.of("notes", notes)));
        }
        boolean empty = mail.getSubject().isBlank() && mail.getText().isBlank();
        return empty
                ? Optional.of(minimum(MailReason.NO_CONTENT, "neither subject nor text", Map.of()))
                : Optional.empty();
    }

    /** Why the small model of a cascade answers although it is unsure; empty if the large one does. */
    private static Optional<Reason> whySmall(Deferral deferral) {
        if (!(deferral instanceof Deferral.Unanswered unanswered)) {
            return Optional.empty();
        }
        String large = unanswered.large().getName() + " " + unanswered.large().getVersion();
        Deferral.Cause cause = unanswered.cause();
        return Optional.of(MailReason.LARGE_MODEL_MISSING.of(
                "answer of the small model: " + large + " " + cause.english(),
                Map.of(
                        "model",
                        large,
                        "cause",
                        cause.name(),
                        "german",
                        "Antwort des kleinen Modells: " + large + " " + cause.german())));
    }

    private static Reason minimum(MailReason reason, String words, Map<String, String> parameters) {
        var all = new TreeMap<>(parameters);
        all.put("minimum", Priority.NORMAL.name());
        return reason.of(words + ": at least NORMAL", all);
    }

    /** Why the model cannot know the language of a mail; empty if it does, or the language cannot be told. */
    private static Optional<Reason> whyForeign(String language, MailPrediction prediction) {
        List<String> known = prediction.languages();
        if (language.isEmpty() || known.isEmpty() || known.contains(language)) {
            return Optional.empty();
        }
        String all = String.join(", ", known);
        return Optional.of(minimum(
                MailReason.FOREIGN_LANGUAGE,
                "language " + language + " is none of the model's (" + all + ")",
                Map.of("language", language, "known", all)));
    }

    private Signals signals(MailContext context, MailPrediction prediction) {
        var signals = new Signals();
        prediction
                .urgency()
                .ifPresentOrElse(
                        urgency -> addUrgency(signals, urgency, prediction.stake()),
                        () -> addContent(signals, prediction));
        addEnvelope(signals, context);
        return signals;
    }

    private void addUrgency(Signals signals, MailPrediction.Head urgency, Optional<MailPrediction.Head> stake) {
        var costs = settings.costs();
        var reason = new UrgencyReason(urgency, stake);
        signals.add(
                MailReason.URGENCY,
                reason.english(),
                reason.parameters(),
                costs.score(costs.expected(urgency, stake), settings.thresholds()));
    }

    /** Signals of a model that knows no urgency. */
    private void addContent(Signals signals, MailPrediction prediction) {
        if (prediction.topic().isEmpty() && prediction.priority().isPresent()) {
            // Nothing else tells how urgent a mail is, so the priority alone may raise it to any level.
            var head = prediction.priority().get();
            double weight = settings.otherTopics() + expectation(head, settings.modelPriorities(), 0);
            add(signals, MailReason.MODEL_PRIORITY, "model's priority", head, Math.max(0, Math.min(1, weight)));
            addSentiment(signals, prediction);
            return;
        }
        prediction
                .topic()
                .ifPresentOrElse(
                        head -> add(
                                signals, MailReason.TOPIC, "topic", head, settings.topics(), settings.otherTopics()),
                        () -> signals.add(MailReason.NO_TOPIC, "no topic", Map.of(), settings.otherTopics()));
        addSentiment(signals, prediction);
        prediction
                .priority()
                .ifPresent(head -> add(
                        signals, MailReason.MODEL_PRIORITY, "model's priority", head, settings.modelPriorities(), 0));
    }

    private void addSentiment(Signals signals, MailPrediction prediction) {
        prediction
                .sentiment()
                .ifPresent(head -> add(signals, MailReason.SENTIMENT, "sentiment", head, settings.sentiments(), 0));
    }

    private void addEnvelope(Signals signals, MailContext context) {
        if (context.repeats() > 0) {
            int counted = Math.min(context.repeats(), settings.mostRepeats());
            String number = Long.toString(context.repeats() + 1L);
            signals.add(
                    MailReason.THREAD,
                    "mail " + number + " in this thread",
                    Map.of("number", number),
                    1 - Math.pow(1 - settings.repeat(), counted));
        }
        if (context.vip()) {
            signals.add(MailReason.VIP_SENDER, "VIP sender", Map.of(), settings.vip());
        }
        var kind = context.mail().getAutomatic();
        if (kind != Automatic.NONE) {
            signals.add(
                    MailReason.AUTOMATIC,
                    described(kind),
                    Map.of("kind", kind.name()),
                    settings.automatic().getOrDefault(kind, 0.0));
        }
    }

    private static void add(
            Signals signals,
            MailReason reason,
            String words,
            MailPrediction.Head head,
            Map<String, Double> weights,
            double other) {
        add(signals, reason, words, head, expectation(head, weights, other));
    }

    private static void add(Signals signals, MailReason reason, String words, MailPrediction.Head head, double weight) {
        signals.add(
                reason,
                words + " " + head.label() + " (" + Math.round(100 * head.confidence()) + " %)",
                Map.of("label", head.label(), "confidence", Float.toString(head.confidence())),
                weight);
    }

    /** Expected weight over the labels; within the range of the weights even where probabilities do not quite add up to 1. */
    private static double expectation(MailPrediction.Head head, Map<String, Double> weights, double other) {
        double weighted = 0;
        double total = 0;
        for (int i = 0; i < head.probabilities().length; i++) {
            double probability = head.probabilities()[i];
            weighted += probability
                    * weights.getOrDefault(PrioritySettings.key(head.labels().get(i)), other);
            total += probability;
        }
        return total > 0 ? weighted / total : other;
    }

    private static Classification classification(Optional<MailPrediction.Head> head) {
        return head.map(PriorityPolicy::classification).orElse(Classification.NONE);
    }

    private static Classification classification(MailPrediction.Head head) {
        return new Classification(head.label(), head.confidence(), head.byLabel());
    }

    private static String described(Automatic kind) {
        return switch (kind) {
            case NONE -> "written by a person";
            case AUTO_REPLY -> "automatic reply";
            case LIST -> "mailing list";
            case BULK -> "bulk mail";
            case BOUNCE -> "delivery report";
            case NOTIFICATION -> "notice of a program";
        };
    }
}
