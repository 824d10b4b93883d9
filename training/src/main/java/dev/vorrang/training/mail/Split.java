package dev.vorrang.training.mail;

import dev.vorrang.training.TrainingDataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Rows to learn from and rows to check on. Rows with the same group or text stay together, so that none is on both sides. Altered texts are learned from, and not checked on.
 *
 * @param training at least one row of every label
 * @param validation about a tenth of each data set
 */
record Split(List<LabelledMail> training, List<LabelledMail> validation) {

    /** Rows to check on that are enough, in all folds together. */
    private static final int ENOUGH = 2_000;

    private static final int PARTS = 10;

    /**
     * As many splits as it takes to check on 2,000 rows; no row is checked on twice. A large set has one, one
     * of up to 2,000 rows is checked on as a whole, in ten parts. The same rows and seed give the same parts, in the same order.
     */
    static List<Split> folds(LabelledMails data, long seed) {
        long rows = data.mails().stream().filter(mail -> !mail.variant()).count();
        int count = Math.max(1, Math.min(PARTS, (int) Math.ceil((double) ENOUGH * PARTS / rows)));
        var random = new Random(seed);
        var groups = new ArrayList<List<List<LabelledMail>>>();
        for (int dataSet = 0; dataSet < data.dataSets().size(); dataSet++) {
            var shuffled = new ArrayList<>(sameTexts(data, dataSet));
            Collections.shuffle(shuffled, random);
            groups.add(shuffled);
        }
        var checked = Collections.<LabelledMail>newSetFromMap(new IdentityHashMap<>());
        var folds = new ArrayList<Split>();
        for (int fold = 0; fold < count; fold++) {
            Split split = fold(data, groups, checked);
            if (!split.validation().isEmpty()) {
                folds.add(split);
            }
        }
        if (folds.isEmpty()) {
            throw new TrainingDataException("the data cannot be split: each label needs rows with different texts");
        }
        return folds;
    }

    private static Collection<List<LabelledMail>> sameTexts(LabelledMails data, int dataSet) {
        var byText = new LinkedHashMap<String, List<LabelledMail>>();
        for (LabelledMail mail : data.mails()) {
            if (mail.dataSet() == dataSet) {
                byText.computeIfAbsent(key(mail), key -> new ArrayList<>()).add(mail);
            }
        }
        return byText.values();
    }

    private static Split fold(LabelledMails data, List<List<List<LabelledMail>>> groups, Set<LabelledMail> checked) {
        var training = new ArrayList<LabelledMail>();
        var validation = new ArrayList<LabelledMail>();
        int[][] left = labelCounts(data);
        for (List<List<LabelledMail>> dataSet : groups) {
            int rows = dataSet.stream().mapToInt(List::size).sum();
            int wanted = Math.max(1, rows / PARTS);
            for (List<LabelledMail> group : dataSet) {
                if (wanted >= group.size() && !checked.contains(group.get(0)) && canSpare(left, group)) {
                    wanted -= group.size();
                    group.stream().filter(mail -> !mail.variant()).forEach(validation::add);
                } else {
                    training.addAll(group);
                }
            }
        }
        checked.addAll(validation);
        return new Split(training, validation);
    }

    /** What keeps rows on one side: their group or, without one, their text. */
    static String key(LabelledMail mail) {
        return mail.group().isEmpty() ? text(mail) : mail.group();
    }

    static String text(LabelledMail mail) {
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
