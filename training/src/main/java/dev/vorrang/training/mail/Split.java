package dev.vorrang.training.mail;

import dev.vorrang.training.TrainingDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/**
 * Rows to learn from and rows to check on. Rows with the same text stay together, so that no text is on both sides.
 *
 * @param training at least one row of every label
 * @param validation about a tenth of each data set
 */
record Split(List<LabelledMail> training, List<LabelledMail> validation) {

    private static final int SHARE = 10;

    /** Splits by seed: the same rows and seed give the same parts, in the same order. */
    static Split of(LabelledMails data, long seed) {
        var random = new Random(seed);
        var training = new ArrayList<LabelledMail>();
        var validation = new ArrayList<LabelledMail>();
        int[][] left = labelCounts(data);
        for (int dataSet = 0; dataSet < data.dataSets().size(); dataSet++) {
            var byText = new LinkedHashMap<String, List<LabelledMail>>();
            int rows = 0;
            for (LabelledMail mail : data.mails()) {
                if (mail.dataSet() == dataSet) {
                    byText.computeIfAbsent(key(mail), key -> new ArrayList<>()).add(mail);
                    rows++;
                }
            }
            var groups = new ArrayList<>(byText.values());
            Collections.shuffle(groups, random);
            int wanted = Math.max(1, rows / SHARE);
            for (List<LabelledMail> group : groups) {
                if (wanted >= group.size() && canSpare(left, group)) {
                    wanted -= group.size();
                    validation.addAll(group);
                } else {
                    training.addAll(group);
                }
            }
        }
        if (validation.isEmpty()) {
            throw new TrainingDataException("the data cannot be split: each label needs rows with different texts");
        }
        return new Split(training, validation);
    }

    /** What makes two texts the same: case and the whitespace around them do not count. */
    static String key(LabelledMail mail) {
        return (mail.text().subject() + "\n" + mail.text().body()).strip().toLowerCase(java.util.Locale.ROOT);
    }

    private static int[][] labelCounts(LabelledMails data) {
        int[][] counts = data.heads().values().stream()
                .map(labels -> new int[labels.size()])
                .toArray(int[][]::new);
        data.mails().forEach(mail -> add(counts, mail, 1));
        return counts;
    }

    private static boolean canSpare(int[][] left, List<LabelledMail> group) {
        group.forEach(mail -> add(left, mail, -1));
        boolean spared = group.stream().allMatch(mail -> keepsOne(left, mail));
        if (!spared) {
            group.forEach(mail -> add(left, mail, 1));
        }
        return spared;
    }

    private static boolean keepsOne(int[][] left, LabelledMail mail) {
        for (int head = 0; head < left.length; head++) {
            int label = mail.labels()[head];
            if (label >= 0 && left[head][label] < 1) {
                return false;
            }
        }
        return true;
    }

    private static void add(int[][] counts, LabelledMail mail, int amount) {
        for (int head = 0; head < counts.length; head++) {
            if (mail.labels()[head] >= 0) {
                counts[head][mail.labels()[head]] += amount;
            }
        }
    }
}
