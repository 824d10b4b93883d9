package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.PriorityPolicy;
import java.time.Instant;
import java.util.List;

/** The priorities that a policy makes of a model's predictions, each mail by itself and as one that a person wrote. For one thread. */
public final class OrderAnswers {

    static final String NOW = "now";

    private final PriorityPolicy policy;
    private final double[] scores;
    private final Priority[] levels;
    private final double[] now;
    private final boolean[] abstained;

    /** @param mails how many there will be */
    public OrderAnswers(PriorityPolicy policy, int mails) {
        this.policy = policy;
        this.scores = new double[mails];
        this.levels = new Priority[mails];
        this.now = new double[mails];
        this.abstained = new boolean[mails];
    }

    /** Takes the predictions of some mails, the first of which has the given place. */
    public void add(int place, List<MailText> mails, List<MailPrediction> predictions) {
        for (int i = 0; i < mails.size(); i++) {
            MailPrediction prediction = predictions.get(i);
            var verdict = policy.judge(mail(mails.get(i)), prediction, 0);
            scores[place + i] = verdict.score();
            levels[place + i] = verdict.level();
            now[place + i] =
                    prediction.urgency().map(head -> probability(head, NOW)).orElse(Double.NaN);
            abstained[place + i] = prediction.abstained();
        }
    }

    private static double probability(MailPrediction.Head head, String label) {
        int place = head.labels().indexOf(label);
        return place < 0 ? Double.NaN : head.probabilities()[place];
    }

    private static EmailMessage mail(MailText text) {
        return EmailMessage.newBuilder()
                .setId("0")
                .setThread("0")
                .setSource("file:/evaluation#1")
                .setReceivedAt(Instant.EPOCH)
                .setAutomatic(Automatic.NONE)
                .setSubject(text.subject())
                .setText(text.body())
                .build();
    }

    double score(int mail) {
        return scores[mail];
    }

    Priority level(int mail) {
        return levels[mail];
    }

    /** Probability of an emergency, NaN if the model does not know urgency. */
    double now(int mail) {
        return now[mail];
    }

    boolean abstained(int mail) {
        return abstained[mail];
    }
}
