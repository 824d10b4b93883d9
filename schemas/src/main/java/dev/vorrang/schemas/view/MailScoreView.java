package dev.vorrang.schemas.view;

import dev.vorrang.schemas.MailScore;

/** A scored mail. */
public final class MailScoreView implements OutputView<MailScore> {

    @Override
    public Class<MailScore> type() {
        return MailScore.class;
    }

    @Override
    public Headline headline(MailScore score) {
        return new Headline(
                score.getSubject(),
                switch (score.getPriority()) {
                    case LOW -> Severity.LOW;
                    case NORMAL -> Severity.NORMAL;
                    case HIGH -> Severity.HIGH;
                    case URGENT -> Severity.URGENT;
                },
                OutputView.reasons(score.getReasonDetails(), score.getReasons()),
                score.getThread(),
                score.getReceivedAt(),
                score.getSource());
    }
}
