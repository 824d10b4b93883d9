package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Excerpt;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.training.mail.MailRow;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The wrong answers that a head was surest of, with their mails: what there is to learn from, or labels that are wrong. */
final class Mistakes {

    private static final int MOST = 30;
    private static final int LONGEST_TEXT = 240;

    private Mistakes() {}

    /** A table for the page alone, for it holds mails. */
    static Table of(HeadTruth truth, MailAnswers.Head answers, List<MailRow> rows) {
        List<List<Cell>> mistakes = IntStream.range(0, truth.mails().length)
                .filter(row -> truth.isKnown(truth.truth()[row]))
                .filter(row -> answers.told()[truth.mails()[row]] != truth.truth()[row])
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -answers.confidences()[truth.mails()[row]]))
                .limit(MOST)
                .map(row ->
                        line(truth, row, answers, rows.get(truth.mails()[row]).text()))
                .toList();
        return new Table(
                "",
                "Worst mistakes",
                "The wrong answers that the model was surest of, and the beginnings of their mails. Mails of a label that it does"
                        + " not know are left out.",
                List.of("probability", "true", "told", "mail"),
                mistakes);
    }

    private static List<Cell> line(HeadTruth truth, int row, MailAnswers.Head answers, MailText mail) {
        int place = truth.mails()[row];
        String text = mail.subject().isBlank() ? mail.body() : mail.subject() + " | " + mail.body();
        return List.of(
                Cell.name(Outcome.number(answers.confidences()[place], 3)),
                Cell.prose(Excerpt.name(truth.labels().get(truth.truth()[row]))),
                Cell.prose(Excerpt.name(truth.labels().get(answers.told()[place]))),
                Cell.prose(Excerpt.of(text, LONGEST_TEXT)));
    }
}
