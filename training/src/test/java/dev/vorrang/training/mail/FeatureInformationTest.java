package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureInformationTest {

    private static final int ROWS = 10;

    @Test
    void shouldCompareTheLabelsOfARowWithThoseOfAllMails() {
        var information = new FeatureInformation(
                List.of(mail(0), mail(1), mail(1)),
                List.of(new int[] {1, 1, 2}, new int[] {2}, new int[] {12}),
                ROWS,
                0,
                2);
        double entropy = Math.log(3) - 2.0 / 3 * Math.log(2);
        // One mail with the first label, and two in doubt with the labels of all: 5 to 4, instead of 1 to 2.
        double divergence = 5.0 / 9 * Math.log(5.0 / 3) + 4.0 / 9 * Math.log(2.0 / 3);
        assertThat(information.of(1)).isCloseTo(divergence / entropy, within(1e-9));
        assertThat(information.of(2)).as("in every mail").isCloseTo(0, within(1e-9));
        assertThat(information.of(3)).as("in no mail").isZero();
    }

    @Test
    void shouldTellHardlyMoreOrLessThanTheLabelItself() {
        var mails = new ArrayList<LabelledMail>();
        var features = new ArrayList<int[]>();
        for (int i = 0; i < 4_000; i++) {
            int label = i % 4 == 0 ? 0 : 1;
            mails.add(mail(label));
            features.add(new int[] {5 + label});
        }
        var information = new FeatureInformation(mails, features, ROWS, 0, 2);
        assertThat(0.25 * information.of(5) + 0.75 * information.of(6)).isCloseTo(1, within(0.01));
    }

    @Test
    void shouldNotCountMailsWithoutALabel() {
        var information = new FeatureInformation(
                List.of(mail(0), mail(1), mail(LabelledMail.NONE), mail(LabelledMail.OUTSIDE)),
                List.of(new int[] {1}, new int[] {1}, new int[] {2}, new int[] {2}),
                ROWS,
                0,
                2);
        assertThat(information.of(1)).isCloseTo(0, within(1e-9));
        assertThat(information.of(2)).isZero();
    }

    private static LabelledMail mail(int label) {
        return new LabelledMail(new MailText("", ""), 0, new int[] {label});
    }
}
