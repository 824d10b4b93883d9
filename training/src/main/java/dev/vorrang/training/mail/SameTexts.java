package dev.vorrang.training.mail;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds texts that stand several times in the data with labels that contradict each other. */
final class SameTexts {

    private SameTexts() {}

    /** Number of texts with more than one label, for each head. */
    static int[] contradictions(List<LabelledMail> mails, int heads) {
        // Hash code and row in one long: a million rows sort in 8 MB, where a map of their texts would take hundreds.
        var rows = new long[mails.size()];
        Arrays.setAll(rows, row -> (long) Split.text(mails.get(row)).hashCode() << Integer.SIZE | row);
        Arrays.sort(rows);
        var contradictions = new int[heads];
        for (int from = 0; from < rows.length; ) {
            int to = from + 1;
            while (to < rows.length && rows[to] >> Integer.SIZE == rows[from] >> Integer.SIZE) {
                to++;
            }
            if (to - from > 1) {
                addContradictions(mails, Arrays.copyOfRange(rows, from, to), contradictions);
            }
            from = to;
        }
        return contradictions;
    }

    private static void addContradictions(List<LabelledMail> mails, long[] rows, int[] contradictions) {
        Map<String, int[]> firstLabels = new HashMap<>();
        Map<String, BitSet> counted = new HashMap<>();
        for (long row : rows) {
            LabelledMail mail = mails.get((int) row);
            String text = Split.text(mail);
            int[] first = firstLabels.computeIfAbsent(text, key -> mail.labels().clone());
            BitSet heads = counted.computeIfAbsent(text, key -> new BitSet());
            for (int head = 0; head < first.length; head++) {
                int label = mail.labels()[head];
                first[head] = first[head] < 0 ? label : first[head];
                if (label >= 0 && label != first[head] && !heads.get(head)) {
                    heads.set(head);
                    contradictions[head]++;
                }
            }
        }
    }
}
