package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Excerpt;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.app.evaluate.Report.Part;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.mail.CorrectedMail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares what people corrected with what was scored, and with what the model says today. */
public final class CorrectionsEvaluation {

    private static final int MOST_PAIRS = 60;

    private final MailCard card;
    private final List<CorrectedMail> mails;
    private final int first;

    /** What was scored, and what is right instead. */
    private record Pair(String field, String scored, String right) {}

    /**
     * @param card of the model
     * @param first place of the first corrected mail among all mails that the model answers
     */
    public CorrectionsEvaluation(MailCard card, List<CorrectedMail> mails, int first) {
        this.card = card;
        this.mails = List.copyOf(mails);
        this.first = first;
    }

    /** Which models scored the mails. */
    public Fact scoredBy() {
        Map<String, Long> models = mails.stream()
                .collect(Collectors.groupingBy(
                        mail -> mail.model().orElse("unknown"), TreeMap::new, Collectors.counting()));
        return new Fact(
                "scoredBy",
                "Corrected mails scored by",
                models.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(model -> Excerpt.name(model.getKey()) + " (" + model.getValue() + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** A line for each field that was corrected. */
    Table table(MailAnswers answers) {
        return new Table(
                "correctedFields",
                "Corrected mails",
                "What people left as it was counts as right. Scored: share that was right when the mail was scored; now: share"
                        + " that is right by this model. Of the corrected alone, now right is what a new model has learned.",
                List.of("field", "mails", "scored", "now", "corrected", "now right"),
                CorrectedMail.fields().stream()
                        .filter(field -> corrected(field).length > 0)
                        .map(field -> line(field, answers))
                        .toList());
    }

    private List<Cell> line(String field, MailAnswers answers) {
        int[] known =
                places(mail -> mail.scored().containsKey(field) || mail.right().containsKey(field));
        int[] corrected = corrected(field);
        boolean head = answers.heads().containsKey(field);
        return List.of(
                Cell.name(field),
                Cell.figure(known.length, 0),
                Cell.figure(1 - (double) corrected.length / known.length, 4),
                Cell.figure(head ? share(known, place -> nowRight(field, place, answers)) : Double.NaN, 4),
                Cell.figure(corrected.length, 0),
                Cell.figure(head ? share(corrected, place -> nowRight(field, place, answers)) : Double.NaN, 4));
    }

    /** What was scored for what, most often first. */
    Part part(MailAnswers answers) {
        var pairs = new TreeMap<Pair, List<Integer>>(
                Comparator.comparing(Pair::field).thenComparing(Pair::scored).thenComparing(Pair::right));
        for (String field : CorrectedMail.fields()) {
            for (int place : corrected(field)) {
                pairs.computeIfAbsent(pair(field, mails.get(place)), pair -> new ArrayList<>())
                        .add(place);
            }
        }
        var rows = pairs.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(MOST_PAIRS)
                .map(entry -> {
                    Pair pair = entry.getKey();
                    return List.of(
                            Cell.name(pair.field() + ": " + Excerpt.name(pair.scored()) + " → "
                                    + Excerpt.name(pair.right())),
                            Cell.figure(entry.getValue().size(), 0),
                            Cell.figure(
                                    answers.heads().containsKey(pair.field())
                                            ? share(
                                                    entry.getValue().stream()
                                                            .mapToInt(place -> place)
                                                            .toArray(),
                                                    place -> nowRight(pair.field(), place, answers))
                                            : Double.NaN,
                                    4));
                })
                .toList();
        var table = new Table(
                "pairs",
                "What was scored, and what is right",
                "The most frequent corrections, and the share of them that this model gets right.",
                List.of("scored → right", "mails", "now right"),
                rows);
        var measure =
                new Measure("mails", "Corrected mails", mails.size(), 0, "Mails of which people corrected something.");
        return new Part(
                "corrections", "Corrections", new Outcome(mails.size(), List.of(measure), List.of(table), List.of()));
    }

    private static Pair pair(String field, CorrectedMail mail) {
        return new Pair(
                field, mail.scored().getOrDefault(field, "–"), mail.right().get(field));
    }

    /** Places of the mails of which a field was scored wrong. */
    private int[] corrected(String field) {
        return places(mail -> mail.right().containsKey(field) && !wasRight(field, mail));
    }

    private static boolean wasRight(String field, CorrectedMail mail) {
        String scored = mail.scored().getOrDefault(field, "");
        return List.of(scored.split(";")).contains(mail.right().get(field));
    }

    private int[] places(Predicate<CorrectedMail> wanted) {
        return IntStream.range(0, mails.size())
                .filter(place -> wanted.test(mails.get(place)))
                .toArray();
    }

    private static double share(int[] places, IntPredicate right) {
        return IntStream.of(places).filter(right).count() / (double) places.length;
    }

    private boolean nowRight(String field, int place, MailAnswers answers) {
        CorrectedMail mail = mails.get(place);
        String truth = Optional.ofNullable(mail.right().get(field))
                .orElseGet(() -> mail.scored().get(field));
        int told = answers.heads().get(field).told()[first + place];
        return card.heads().get(field).labels().get(told).equals(truth);
    }
}
