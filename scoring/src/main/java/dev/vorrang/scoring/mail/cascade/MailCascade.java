package dev.vorrang.scoring.mail.cascade;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.Deferral;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two models in a row: the small one answers a whole batch, the large one those mails of it that the small one is unsure of, the most
 * urgent first. Where the large one fails or is too slow, the small one's answer stands and says so ({@link Deferral.Unanswered}), so
 * the large model delays a batch by its time limit at most, and fails none. Outcomes keep the order of the mails.
 *
 * <p>A mail that the small model fails for fails as if there were no cascade. Safe for use by many threads, each of which has at most
 * one call of the large model under way.
 */
public final class MailCascade implements Predictor<MailText, MailPrediction> {

    /** More than any batch takes, so that what is answered does not depend on the time. */
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    private final Predictor<MailText, MailPrediction> small;
    private final Predictor<MailText, MailPrediction> large;
    private final DeferralRule rule;
    private final TimedCalls calls;

    /**
     * @param small asked for all mails; stays the caller's to close
     * @param large asked for those that the small one is unsure of; stays the caller's to close, after {@link #awaitCalls}
     */
    public MailCascade(
            Predictor<MailText, MailPrediction> small,
            Predictor<MailText, MailPrediction> large,
            CascadeSettings settings,
            ScoringMetrics metrics) {
        this.small = small;
        this.large = large;
        this.rule = settings.rule();
        this.calls = new TimedCalls(large, settings, metrics);
    }

    /** Outside of any stream, where nobody waits: the large model takes what time it needs. */
    public static MailCascade standalone(
            Predictor<MailText, MailPrediction> small, Predictor<MailText, MailPrediction> large, DeferralRule rule) {
        return new MailCascade(
                small,
                large,
                CascadeSettings.defaults().withRule(rule).withTimeLimit(NO_LIMIT),
                ScoringMetrics.standalone());
    }

    @Override
    public List<Outcome<Prediction<MailPrediction>>> predict(List<MailText> mails) {
        List<Outcome<Prediction<MailPrediction>>> outcomes = new ArrayList<>(small.predict(mails));
        List<Integer> deferred = IntStream.range(0, mails.size())
                .filter(place -> outcomes.get(place)
                        .scored()
                        .filter(answer -> rule.defers(mails.get(place), answer.value()))
                        .isPresent())
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -urgent(outcomes.get(place))))
                .toList();
        if (deferred.isEmpty()) {
            return outcomes;
        }
        TimedCalls.Answers answers = calls.ask(deferred.stream().map(mails::get).toList());
        for (int i = 0; i < deferred.size(); i++) {
            int place = deferred.get(i);
            Prediction<MailPrediction> first = outcomes.get(place).scored().orElseThrow();
            outcomes.set(place, new Outcome.Scored<>(merged(first, answers, i)));
        }
        return outcomes;
    }

    private Prediction<MailPrediction> merged(
            Prediction<MailPrediction> first, TimedCalls.Answers answers, int number) {
        return answers.of(number).map(second -> merged(first, second)).orElseGet(() -> {
            var why = new Deferral.Unanswered(large.inService().get(0), answers.causeOf(number));
            return new Prediction<>(first.value().with(why), first.models());
        });
    }

    /** The large model's answer; heads that it lacks have the small one's. */
    private static Prediction<MailPrediction> merged(
            Prediction<MailPrediction> small, Prediction<MailPrediction> large) {
        MailPrediction first = small.value();
        MailPrediction second = large.value();
        boolean mixed = MailPrediction.HEADS.stream()
                .anyMatch(
                        head -> second.head(head).isEmpty() && first.head(head).isPresent());
        Function<String, Optional<MailPrediction.Head>> head =
                name -> second.head(name).or(() -> first.head(name));
        var both = new MailPrediction(
                head.apply(MailPrediction.TOPIC),
                head.apply(MailPrediction.SENTIMENT),
                head.apply(MailPrediction.PRIORITY),
                head.apply(MailPrediction.URGENCY),
                head.apply(MailPrediction.STAKE),
                mixed ? knownToBoth(first.languages(), second.languages()) : second.languages(),
                Optional.of(new Deferral.Answered(first)));
        return new Prediction<>(
                both,
                mixed
                        ? Stream.concat(large.models().stream(), small.models().stream())
                                .toList()
                        : large.models());
    }

    /** A model that does not say which languages it knows is taken to know those of the other. */
    private static List<String> knownToBoth(List<String> some, List<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        return some.stream().filter(others::contains).toList();
    }

    private static double urgent(Outcome<Prediction<MailPrediction>> outcome) {
        return outcome.scored()
                .map(answer -> DeferralRule.urgent(answer.value()))
                .orElse(0.0);
    }

    /** The small model, then the large one. */
    @Override
    public List<ModelRef> inService() {
        return Stream.concat(small.inService().stream(), large.inService().stream())
                .toList();
    }

    @Override
    public boolean awaitCalls(Duration limit) {
        return calls.close(limit);
    }
}
