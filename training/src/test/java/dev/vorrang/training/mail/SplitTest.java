package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static LabelledMails data(int rows, int distinctTexts) {
        var mails = new ArrayList<LabelledMail>();
        for (int row = 0; row < rows; row++) {
            mails.add(new LabelledMail(
                    new MailText("", "text " + row % distinctTexts), row % 4 == 0 ? 1 : 0, new int[] {row % 2}));
        }
        return new LabelledMails(mails, Map.of("topic", List.of("a", "b")), List.of("first", "second"));
    }

    @Test
    void shouldSetApartAFifthOfEachSmallDataSet() {
        Split split = Split.folds(data(1_000, 1_000), 3).get(0);
        Map<Integer, Long> counts = split.validation().stream()
                .collect(Collectors.groupingBy(LabelledMail::dataSet, Collectors.counting()));
        assertThat(counts).containsOnly(Map.entry(0, 150L), Map.entry(1, 50L));
        assertThat(split.training()).hasSize(800);
    }

    @Test
    void shouldKeepEqualTextsOfADataSetOnOneSide() {
        Split split = Split.folds(data(1_000, 100), 3).get(0);
        var trained = split.training().stream().map(SplitTest::key).collect(Collectors.toSet());
        assertThat(split.validation()).isNotEmpty().noneMatch(mail -> trained.contains(key(mail)));
    }

    @Test
    void shouldKeepARowOfEveryLabelToLearnFrom() {
        Split split = Split.folds(data(12, 12), 3).get(0);
        assertThat(split.training()).extracting(mail -> mail.labels()[0]).contains(0, 1);
        assertThat(split.validation()).isNotEmpty();
    }

    @Test
    void shouldSplitBySeed() {
        LabelledMails data = data(500, 500);
        assertThat(Split.folds(data, 3)).isEqualTo(Split.folds(data, 3)).isNotEqualTo(Split.folds(data, 4));
    }

    @Test
    void shouldGiveSmallSetsMoreThanTheirShareOfAPass() {
        LabelledMails data = data(1_000, 1_000);
        var sampler = new Sampler(data.mails(), 2, new Random(1));
        List<LabelledMail> pass = sampler.pass();
        assertThat(pass).hasSize(sampler.passSize()).hasSizeBetween(999, 1_001);
        long second = pass.stream().filter(mail -> mail.dataSet() == 1).count();
        // 750^0.3 to 250^0.3 is 58 to 42.
        assertThat(second).isBetween(410L, 425L);
    }

    @Test
    void shouldShowEveryRowOfASingleSetOnceAPass() {
        List<LabelledMail> rows = data(100, 100).mails();
        assertThat(new Sampler(
                                rows.stream()
                                        .map(mail -> new LabelledMail(mail.text(), 0, mail.labels()))
                                        .toList(),
                                1,
                                new Random(1))
                        .pass())
                .hasSize(100)
                .extracting(LabelledMail::text)
                .doesNotHaveDuplicates();
    }

    private static String key(LabelledMail mail) {
        return mail.dataSet() + mail.text().body();
    }
}
