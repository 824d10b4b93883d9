package dev.vorrang.training.mail;

import dev.vorrang.training.TrainingDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Chooses of all labels those that can be learnt, once all rows are read. */
final class LabelChoice {

    /** So many labels are no sign of free text, however few the rows. */
    private static final int FEW = 20;

    private final List<LabelledMail> mails;
    private final List<String> notices;
    private final Map<String, List<String>> heads = new LinkedHashMap<>();

    private LabelChoice(List<LabelledMail> mails, List<String> notices) {
        this.mails = mails;
        this.notices = notices;
    }

    /**
     * Leaves out labels that are on one text alone, which cannot be both learnt from and checked, and rows without any other label.
     *
     * @param mails rows with the numbers of their labels; changed in place
     * @param notices hears what was left out or is odd
     * @return labels of each head, sorted: the rows have their indices now
     * @throws TrainingDataException if a head has fewer than two labels left, or so many that they look like free text
     */
    static Map<String, List<String>> choose(List<HeadLabels> read, List<LabelledMail> mails, List<String> notices) {
        var choice = new LabelChoice(mails, notices);
        for (int head = 0; head < read.size(); head++) {
            choice.choose(read.get(head), head);
        }
        mails.removeIf(mail -> Arrays.stream(mail.labels()).allMatch(label -> label < 0));
        int[] contradictions = SameTexts.contradictions(mails, read.size());
        for (int head = 0; head < read.size(); head++) {
            if (contradictions[head] > 0) {
                notices.add("column '" + read.get(head).column() + "': "
                        + Shown.count(contradictions[head], "text stands", "texts stand")
                        + " several times with different labels; all of them are learned from");
            }
        }
        return choice.heads;
    }

    private void choose(HeadLabels read, int head) {
        boolean[] repeated = repeated(read, head);
        var kept = new ArrayList<String>();
        var once = new ArrayList<String>();
        for (int label = 0; label < repeated.length; label++) {
            (repeated[label] ? kept : once).add(read.labels().get(label));
        }
        kept.sort(null);
        once.sort(null);
        String column = "column '" + read.column() + "' for the " + read.head();
        if (repeated.length < 2) {
            throw new TrainingDataException(column + " has " + Shown.count(repeated.length, "label", "labels") + " "
                    + read.labels() + ", needs two or more");
        }
        if (kept.size() < 2) {
            throw new TrainingDataException(column + " has " + Shown.count(kept.size(), "label", "labels")
                    + " on more than one text, needs two or more; " + Shown.labels(once) + " stand on one text alone");
        }
        if (!once.isEmpty()) {
            notices.add("column '" + read.column() + "': " + Shown.count(once.size(), "label is", "labels are")
                    + " left out, on one text alone: " + Shown.labels(once));
        }
        noticeCase(read);
        heads.put(read.head(), List.copyOf(kept));
        renumber(head, read.labels().stream().mapToInt(kept::indexOf).toArray());
    }

    /** Whether each label is on more than one text. */
    private boolean[] repeated(HeadLabels read, int head) {
        var firsts = new LabelledMail[read.labels().size()];
        var repeated = new boolean[firsts.length];
        int rows = 0;
        for (LabelledMail mail : mails) {
            int label = mail.labels()[head];
            if (label >= 0) {
                rows++;
                if (firsts[label] == null) {
                    firsts[label] = mail;
                } else if (!repeated[label]) {
                    repeated[label] = !Split.text(mail).equals(Split.text(firsts[label]));
                }
            }
        }
        if (firsts.length > Math.max(FEW, rows / 2)) {
            throw read.tooMany(firsts.length + " labels on " + rows + " rows");
        }
        return repeated;
    }

    private void noticeCase(HeadLabels read) {
        var alike = new TreeMap<String, List<String>>();
        read.labels().stream().sorted().forEach(label -> alike.computeIfAbsent(
                        label.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(label));
        alike.values().stream()
                .filter(labels -> labels.size() > 1)
                .forEach(labels -> notices.add("column '" + read.column() + "': the labels " + Shown.labels(labels)
                        + " differ in case alone, and count as different ones"));
    }

    private void renumber(int head, int[] indices) {
        for (LabelledMail mail : mails) {
            int label = mail.labels()[head];
            mail.labels()[head] = label < 0 ? label : indices[label];
        }
    }
}
